"""The report: what our own database says about a window, with n and source of every figure."""
