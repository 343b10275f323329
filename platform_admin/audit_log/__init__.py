"""The audit log in the back office: looked at, narrowed down, taken along as CSV."""
