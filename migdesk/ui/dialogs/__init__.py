"""Windows over the window: only where work must stop for an answer."""
