# needs a native reader
# Ce qui est dit d'une ligne importée : ce qu'elle est devenue, ou pourquoi rien n'a été fait. Les noms de champs restent
# tels quels.

row-twin = comptabilisé ; { $number } dit la même chose sous un autre numéro : vérifiez que ce n'est pas deux fois la même facture
row-applied = { $amount } imputé sur { $number }
row-nothing-applied = enregistré ; rien n'a été imputé sur { $number }, qui n'a rien d'ouvert dans cette devise
row-left-unapplied = enregistré et laissé en compte : { $why }
row-same-customer = déjà connu avec les mêmes données
row-same-rate = ce taux existe déjà
row-same-invoice = { $number } est déjà comptabilisé avec le même contenu ; rien n'a été fait
row-same-receipt = ce paiement est déjà enregistré ; rien n'a été fait
row-same-line = déjà importée auparavant ; rien n'a été fait
row-same-movement = le même mouvement que dans un fichier importé auparavant ({ $format }) : { $said }
row-maybe-same-movement = peut-être le même mouvement que dans un fichier importé auparavant ({ $format }), du même montant vers la même date : écartez-le si c'est le cas, enregistrez-le si c'en est un autre

row-refused = { $why }
row-unread = { $why }
row-at-line = ligne { $line } : { $why }
row-line-of-document = ligne { $line } : { $why } ; corrigez-la et importez la pièce à nouveau
row-needs = { $field } : vide ; chaque ligne en a besoin
row-no-number = number : vide ; donnez à la ligne son numéro de facture, ou laissez un profil en faire un ([blank] number = "{ "{" }line{ "}" }")
row-no-line = la ligne n'a ni quantité ni prix
row-money = { $field } : { $why }
row-language = language : « { $value } » n'est pas en, fr, rw ou sw ; écrivez l'un d'eux ou laissez vide
row-terms-days = terms_days : « { $value } » n'est pas un nombre de jours ; écrivez 30
row-credit-limit = credit_limit : « { $value } » n'est pas un montant ; écrivez 500000, ou none pour aucune limite
row-rate = rate : { $value } doit être supérieur à zéro, avec au plus neuf décimales
row-kind = kind : « { $value } » n'est ni invoice ni credit_note ; écrivez l'un des deux
row-no-open-number = number : vide ; donnez à la pièce son numéro dans le fichier, pour que les paiements la trouvent
row-no-date = issued_on : la ligne n'a pas de date ; ajoutez la date ou l'échéance
row-shared-name = customer : plusieurs clients s'appellent « { $name } » ; donnez à la ligne le code de l'un d'eux
row-own-money-back = notre propre argent qui revient ; ce n'est pas le paiement d'un client
