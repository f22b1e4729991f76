"""All papers together: by day, period and topic, and which are alike."""

import os

# The products are small: threads would wait for each other longer than they work. What multiplies
# reads this when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
