"""The memory of Waypost: accounts, spaces, messages and the pages that show them."""
