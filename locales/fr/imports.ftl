# needs a native reader
# Ce qui est dit d'une ligne importée : ce qu'elle est devenue, ou pourquoi rien n'a été fait. Les noms de champs restent
# tels quels.

import-twin = comptabilisé ; { $number } dit la même chose sous un autre numéro : vérifiez que ce n'est pas deux fois la même facture
import-applied = { $amount } imputé sur { $number }
import-nothing-applied = enregistré ; rien n'est imputé sur { $number }, qui n'a rien d'ouvert dans cette devise
import-left-unapplied = enregistré et laissé en compte : { $why }
import-same-customer = déjà connu avec les mêmes données
import-same-rate = ce taux existe déjà
import-same-invoice = { $number } est déjà comptabilisé avec le même contenu ; rien n'a été fait
import-same-receipt = ce paiement est déjà enregistré ; rien n'a été fait
import-same-line = déjà pris auparavant ; rien n'a été fait

import-refused = { $why }
import-unread = { $why }
import-at-line = ligne { $line } : { $why }
import-line-of-document = ligne { $line } : { $why } ; corrigez-la et importez la pièce à nouveau
import-needs = { $field } : vide ; chaque ligne en a besoin
import-no-number = number : vide ; donnez à la ligne son numéro de facture, ou laissez un profil en faire un ([blank] number = "{ "{" }line{ "}" }")
import-no-line = la ligne n'a ni quantité ni prix
import-money = { $field } : { $why }
import-language = language : « { $value } » n'est pas en, fr, rw ou sw ; écrivez l'un d'eux ou laissez vide
import-terms-days = terms_days : « { $value } » n'est pas un nombre de jours ; écrivez 30
import-credit-limit = credit_limit : « { $value } » n'est pas un montant ; écrivez 500000, ou none pour aucune limite
import-rate = rate : { $value } doit être supérieur à zéro, avec au plus neuf décimales
import-kind = kind : « { $value } » n'est ni invoice ni credit_note ; écrivez l'un des deux
import-no-open-number = number : vide ; donnez à la pièce son numéro dans le fichier, pour que les paiements la trouvent
import-no-date = issued_on : la ligne n'a pas de date ; ajoutez la date ou l'échéance
import-shared-name = customer : plusieurs clients s'appellent « { $name } » ; donnez à la ligne le code de l'un d'eux
import-own-money-back = notre propre argent qui revient ; ce n'est pas le paiement d'un client
