# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Main menu
script-lost = The connection was lost. What you typed is still here, and trying again is safe.
script-retry = Try again
script-close = Close
script-leave = What you typed is not saved yet. Leave it?
script-restored = Your unsent text is back.
script-discard = Throw it away
script-keys = Keys of this page
script-walk = next and previous row
script-choose = choose the row

# Charts.
chart-nothing = Nothing to draw yet.
chart-trend = From { $from } ({ $first }) to { $to } ({ $last }); lowest { $low }, highest { $high }.
chart-period = Period
chart-low = Low
chart-likely = Likely
chart-high = High
