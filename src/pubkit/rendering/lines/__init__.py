"""Chinese and Japanese lines: their signs, the best way of breaking them, their drawing."""
