import streamlit as st
from streamlit_folium import st_folium
from layers.map import build_map, paint_group
from layers.paint import paint_state
from views import cache, selection
from views.assets import serve_assets

chosen = selection.current()
rows = cache.rows(chosen)
files = cache.browser_files()
state = paint_state(cache.registry(), rows, selection=chosen)
st.write(len(rows), chosen.focus)
st_folium(build_map(serve_assets(), files), key=selection.MAP_KEY, height=640, use_container_width=True,
  returned_objects=["last_active_drawing"], feature_group_to_add=paint_group(state), on_change=selection.take_click)
