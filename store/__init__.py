"""What users add: installed figures and progress, in one validated file of their own folder."""
