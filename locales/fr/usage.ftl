# needs a native reader
# Consommation : compteurs, ce que les contrats facturent une fois, et travaux pas encore facturés.

usage-line = { $what }, { $from } : { $old }, { $until } : { $new }
usage-line-corrected = { $what }, correction, { $from } : { $old }, { $until } : { $new }
usage-line-replaced = { $what }, compteur remplacé à { $last } par un autre à { $first }
usage-line-block = { $what } ; { $low } à { $high } { $unit }
usage-line-above = { $what } ; au-delà de { $low } { $unit }
unbilled-line = { $what }, { $day } ({ $proof })

kind-meter = compteur
kind-reading = relevé
kind-unbilled-work = travail non facturé
action-meter-read = relever les compteurs
action-unbilled-save = noter des travaux non facturés
field-blocks = tarif
field-value = relevé
field-new-meter = premier relevé du nouveau compteur
field-done-on = jour du travail
field-proof = ce qui le prouve
field-percent = pourcentage ou indice
field-used = consommation

refusal-reading-order = Le compteur { $meter } ne peut pas indiquer { $reading } le { $on } : il indiquait { $other } le { $other_on }. Vérifiez les deux relevés ; si le compteur a été remplacé, dites par quel premier relevé.
refusal-reading-there = Le compteur { $meter } a déjà été relevé le { $on } : { $reading }. Si c'était faux, corrigez-le avec un motif.
refusal-credit-first = Trop de consommation a été facturée avant, plus que cette facture ne peut reprendre. Créditez d'abord la facture { $invoice }, lignes { $lines } (ligne:quantité) ; puis facturez ceci.
refusal-unbilled-ended = Ce travail est réglé depuis le { $on } : { $became }. Rien n'a été changé ; il n'y a plus rien à faire.
refusal-nothing-unbilled = Rien de { $customer } n'attend d'être facturé dans cette monnaie. Notez d'abord le travail, ou choisissez un autre client ou une autre monnaie.
unusable-no-tariff = écrivez un prix (340), ou des tranches qui finissent par tout le reste : 5:340,20:720,*:845
unusable-blocks-must-rise = la tranche jusqu'à { $up_to } ne finit pas au-dessus de { $before } ; écrivez chaque limite une fois, la plus petite d'abord
unusable-no-meter-reading = un compteur indique zéro ou plus, moins de 1 000 000 000 000, avec six décimales au plus
unusable-read-after-today = personne n'a relevé le compteur après aujourd'hui, le { $today }
unusable-done-after-today = un travail d'un jour après aujourd'hui, le { $today }, n'est pas encore fait
unusable-no-index = un indice est au-dessus de zéro, et un pourcentage au-dessus de -100
row-same-reading = ce relevé y est déjà ; rien n'a été fait
row-which-meter = contract : { $contract } a { $count } compteurs ; nommez le compteur dans la ligne
row-other-contract = meter : { $meter } appartient au contrat { $of }, pas à { $contract } ; corrigez l'un des deux

report-unbilled = Travaux faits et périodes de contrats échues, pas encore facturés, par client et par âge
title-unbilled = Pas encore facturé
column-since = Depuis

page-contracts = Contrats
contracts-what = Ce qui est facturé aux clients encore et encore : ce qui vient ensuite, et ce qu'une personne devrait regarder.
contract-next = Facturé ensuite
contract-is-unread = compteur non relevé
contract-unread = non relevé : { $meters }
contract-meter = Compteur
contract-tariff = Tarif à partir du
contract-correct-what = Ce qui a été noté reste. Ce qui en a été facturé est rattrapé avec la prochaine facture.
contract-lines = Lignes
contract-line-no = N°
contract-list-price = prix du catalogue
contract-charges = Facturé une fois
contract-billed = Facturé jusqu'ici
contract-not-billed = Rien n'en est encore facturé.
do-bill-contract = Passer ce qui est échu
do-record-reading = Noter le relevé
do-correct-reading = Corriger un relevé
done-reading-recorded = Le relevé est noté.
done-reading-corrected = Le relevé est corrigé.
contract-line-at-rate = { $what }, { $from } { $price } à { $from } 1 = { $to } { $rate }
unusable-no-payable-rate = un cours est un nombre positif à neuf décimales au plus, ou « day »
field-payable = cours du contrat
charge-is-withdrawn = retiré
do-withdraw-charge = Retirer
done-charge-withdrawn = Le montant est retiré et ne sera pas facturé.
kind-charge = montant unique d'un contrat
refusal-charge-billed = « { $charge } » est déjà facturé avec { $invoice }. Créditez plutôt sa ligne là.
refusal-charge-withdrawn = « { $charge } » a déjà été retiré ({ $reason }). Il n'y a plus rien à faire.
kind-work-done = travail effectué
column-papers = Pièces
