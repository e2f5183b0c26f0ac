# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Urutonde rw'ibanze
script-lost = Umurongo wacitse. Ibyo wanditse biracyahari, kandi ongera ugerageze nta kibazo.
script-retry = Ongera ugerageze
script-close = Funga
script-leave = Ibyo wanditse ntibirabikwa. Ubireke?
script-restored = Ibyo wari wanditse bitoherejwe byagarutse.
script-discard = Bisibe
script-keys = Utubuto tw'uru rupapuro
script-walk = umurongo ukurikira n'ubanza
script-choose = hitamo umurongo

# Charts.
chart-nothing = Nta cyo gushushanya kiraboneka.
chart-trend = Kuva kuri { $from } ({ $first }) kugeza kuri { $to } ({ $last }); ayo hasi { $low }, ayo hejuru { $high }.
chart-period = Igihe
chart-low = Make
chart-likely = Ateganyijwe
chart-high = Menshi
