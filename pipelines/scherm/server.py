"""The web server for an installation with an identity provider: the pages, behind middleware of our own.

Belongs here: putting those together. Nothing else.
"""

import streamlit as st
from starlette.middleware import Middleware

from pipelines.scherm.cli import APP
from pipelines.scherm.sessiecookie import Bondig

app = st.App(APP, middleware=[Middleware(Bondig)])
