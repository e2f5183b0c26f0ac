# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Menyu kuu
script-lost = Muunganisho umekatika. Ulichoandika bado kipo, na kujaribu tena ni salama.
script-retry = Jaribu tena
script-close = Funga
script-leave = Ulichoandika hakijahifadhiwa. Ukiache?
script-restored = Maandishi yako ambayo hayakutumwa yamerudi.
script-discard = Yafute
script-keys = Vitufe vya ukurasa huu
script-walk = mstari unaofuata na uliotangulia
script-choose = chagua mstari

# Charts.
chart-nothing = Hakuna cha kuchora bado.
chart-trend = Kutoka { $from } ({ $first }) hadi { $to } ({ $last }); chini kabisa { $low }, juu kabisa { $high }.
chart-period = Kipindi
chart-low = Chini
chart-likely = Inayotarajiwa
chart-high = Juu
