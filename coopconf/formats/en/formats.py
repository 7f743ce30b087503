"""Every date with its weekday, every time on the clock of 24 hours and as UK time."""

DATE_FORMAT = "D j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"D j M Y, H:i \U\K \t\i\m\e"
