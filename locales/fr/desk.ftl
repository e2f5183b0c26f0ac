# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Menu principal
script-lost = La connexion a été perdue. Ce que vous avez saisi est encore là, et réessayer est sans risque.
script-retry = Réessayer
script-close = Fermer
script-leave = Ce que vous avez saisi n'est pas encore enregistré. Le quitter ?
script-restored = Votre texte non envoyé est de retour.
script-discard = L'effacer
script-keys = Touches de cette page
script-walk = ligne suivante et précédente
script-choose = choisir la ligne

# Charts.
chart-nothing = Rien à dessiner pour le moment.
chart-trend = De { $from } ({ $first }) à { $to } ({ $last }) ; au plus bas { $low }, au plus haut { $high }.
chart-period = Période
chart-low = Bas
chart-likely = Probable
chart-high = Haut
