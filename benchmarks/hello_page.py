"""A page that says hello."""

import streamlit as st

st.title("你好")
