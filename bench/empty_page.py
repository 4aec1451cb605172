"""An empty Streamlit page with one folium map: the least that a first map can cost."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from bench.offline import map_without_network

st.set_page_config(layout="wide")
st_folium(map_without_network(), height=680, use_container_width=True)
