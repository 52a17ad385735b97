"""The pipelines behind the capacity monitor of cruciale ggz.

Belongs here: what must hold before any library is loaded: none of them may send usage statistics. Does not belong here: anything else.
"""

import os

os.environ.update(
    DO_NOT_TRACK="1",
    DAGSTER_DISABLE_TELEMETRY="1",
    DBT_SEND_ANONYMOUS_USAGE_STATS="false",
    GX_ANALYTICS_ENABLED="false",
    STREAMLIT_BROWSER_GATHER_USAGE_STATS="false",
)
