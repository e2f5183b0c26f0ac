# needs a native reader
# Ce qui ne va pas dans un fichier, une ligne ou une cellule, ou pourquoi une ligne est écartée ; puis que faire. Les noms
# de champs restent tels quels.

file-at-line = ligne { $line } : { $why }
file-layout =
    { $ageing ->
        [yes] export de balance âgée :{ " " }
       *[no] { "" }
    }{ $container ->
        [xlsx] XLSX, feuille « { $sheet } »
        [xls] XLS, feuille « { $sheet } »
        [html] page web
        [pdf] PDF
       *[csv] CSV en { $encoding }, séparateur { $delimiter ->
            [tab] tabulation
           *[other] « { $delimiter } »
        }
    }, en-tête à la ligne { $header_line }, signe décimal « { $sign } »{ $sign_certain ->
        [no] { " (supposé)" }
       *[yes] { "" }
    }, dates { $dates ->
        [ymd] année-mois-jour
        [mdy] mois en premier
       *[dmy] jour en premier
    }{ $dates_certain ->
        [no] { " (supposé)" }
       *[yes] { "" }
    } ; colonnes : { $columns }{ $has_unused ->
        [yes] { "" } ; non utilisées : { $unused }
       *[no] { "" }
    }

file-not-found = il n'y a pas de fichier { $path } ; vérifiez le nom et le dossier
file-cannot-open = le fichier { $path } ne s'ouvre pas : { $cause }
file-is-folder = { $path } est un dossier ; indiquez un fichier qu'il contient
file-unreadable = le fichier ne se lit pas jusqu'au bout ({ $cause }) ; il est peut-être coupé, récupérez-le à nouveau
file-empty = le fichier est vide ; exportez-le à nouveau
file-binary = le fichier n'est pas du texte mais des données binaires ; exportez-le en CSV ou XLSX
file-is-picture = le fichier est une image et non un tableau ; demandez le tableau en CSV ou XLSX
file-is-packed = le fichier est compressé avec { $packing } ; décompressez-le d'abord
file-packed-too-large = le fichier compressé contient plus que nous ne lisons ; décompressez-le et découpez-le

file-workbook-damaged = le classeur ne se lit pas ({ $cause }) ; ouvrez-le et enregistrez-le à nouveau en .xlsx ou en CSV
file-workbook-too-large = le classeur décompressé contient plus que nous ne lisons (sa partie { $part }) ; enregistrez-le en CSV ou découpez-le
file-workbook-password = le classeur est protégé par un mot de passe ; ouvrez-le, enlevez le mot de passe (Enregistrer sous, sans mot de passe), puis reprenez-le
file-not-workbook = le fichier est un document Office mais pas un classeur ; demandez le tableau en XLSX ou CSV
file-page-without-table = le fichier est une page web sans tableau, peut-être une page d'erreur ou de connexion de la banque ; récupérez le relevé à nouveau

file-pdf-without-text = le PDF n'a pas de texte mais des images, comme un document numérisé ; demandez à la banque le relevé en CSV ou XLSX, ou le PDF que fait son programme
file-pdf-letters-unknown = le PDF ne dit pas de quelles lettres son texte est fait ; demandez à la banque le relevé en CSV ou XLSX
file-pdf-without-table = aucun tableau n'a été trouvé dans le PDF : aucune ligne ne nomme ses colonnes et aucune ne commence par une date ; écrivez un profil qui donne leurs places, ou demandez à la banque CSV ou XLSX
file-pdf-password = le PDF est verrouillé ; ouvrez-le, enregistrez-le ou imprimez-le en PDF sans mot de passe et reprenez celui-ci, ou demandez à la banque CSV ou XLSX
file-pdf-damaged = le PDF ne se lit pas ({ $cause }) ; récupérez-le à nouveau, ou demandez le tableau en CSV ou XLSX
file-pdf-too-large = le PDF contient plus qu'un relevé ; reprenez-le mois par mois, ou demandez CSV ou XLSX
file-no-sheet = le classeur n'a pas de feuille « { $sheet } » ; ses feuilles sont : { $sheets }

file-no-header = le tableau est vide : il n'a pas de ligne d'en-tête ; exportez-le à nouveau
file-no-header-line = selon le profil l'en-tête est ici, mais cette ligne n'existe pas ; corrigez header_line
file-headers-found = { $what } ; les en-têtes trouvés sont : { $headers }. Renommez la colonne, ou écrivez un profil qui l'indique
file-no-column = le tableau n'a pas de colonne pour « { $field } »
file-no-profile-column = le profil lit « { $field } » dans une colonne « { $column } » que le fichier n'a pas
file-no-template-column = le modèle « { $template } » du profil nomme une colonne « { $column } » que le fichier n'a pas
file-no-rule-column = une règle du profil regarde une colonne « { $column } » que le fichier n'a pas
file-too-many-cells = la ligne a plus de { $most } cellules ; vérifiez que le fichier est un tableau
file-line-too-long = la ligne dépasse 1 Mio ; vérifiez que le fichier est un tableau avec des sauts de ligne
file-quote-open = un guillemet ouvert ici n'est jamais fermé ; fermez-le ou ôtez-le, puis importez à nouveau
file-extra-cell = la ligne a { $cells } cellules mais l'en-tête en a { $header_cells } (« { $value } » est de trop) ; mettez entre guillemets une valeur qui contient le séparateur

file-profile = le profil ne se lit pas : { $cause }
file-profile-decimal = le profil indique decimal = « { $sign } » ; écrivez "." ou ","
file-profile-delimiter = le profil indique delimiter = « { $delimiter } » ; écrivez ",", ";", "|" ou "\t"
file-profile-encoding = le profil indique encoding = « { $encoding } » ; écrivez utf-8, utf-16le ou windows-1252
file-profile-field = le profil nomme un champ « { $field } » ; les champs sont ici : { $known }
file-template-open = le modèle « { $template } » du profil a une accolade ouverte ; fermez-la
file-rule-fits = la règle sur « { $column } » demande soit starts_with, soit equals
file-rule-idle = la règle sur « { $column } » ne fait rien ; donnez-lui set ou skip
file-left-out = écartée : { $reason }

file-in-field = { $field } : { $why }
file-not-a-date = « { $value } » n'est pas une date ; écrivez-la comme 2026-08-31
file-other-date-order =
    « { $value } » ne va pas avec les autres dates du fichier, écrites { $dates ->
        [ymd] année-mois-jour
        [mdy] mois en premier
       *[dmy] jour en premier
    } ; écrivez-la comme 2026-08-31
file-not-an-amount = « { $value } » n'est pas un montant ; écrivez-le comme 1234{ $sign }56
file-other-sign = « { $value } » ne va pas avec le signe décimal « { $sign } » du fichier ; écrivez-le comme 1234{ $sign }56
file-not-whole = « { $value } » n'est pas un nombre entier ; écrivez-le comme 30
file-money = { $why }

file-too-large-to-add = les montants sont trop grands pour être additionnés ; cherchez des chiffres en trop
file-no-open-amount = la ligne n'a pas de montant ouvert ; ajoutez-le
file-buckets-differ = les tranches d'âge donnent { $aged } mais le montant ouvert indique { $open } ; corrigez la ligne
file-no-customer = ni la ligne ni un titre au-dessus ne nomme un client ; ajoutez-le
file-no-foreign-amount = la ligne nomme { $currency } mais pas ce qui est ouvert dans cette devise ; ajoutez le montant
file-unknown-kind = « { $value } » n'est pas un type de pièce connu ; écrivez facture, note de crédit, paiement ou journal
file-above-zero = { $kind } : dans une telle liste ce montant est négatif, mais celui-ci est positif ; corrigez son signe, ou écrivez facture s'il est dû
difference-row = ligne { $line } : le total indique { $told } mais les tranches d'âge donnent { $sum }, qui est retenu
difference-heading = ligne { $line } : le total de { $label } indique { $told } mais ses lignes donnent { $sum }
difference-folded = ligne { $line } : le total de { $label } indique { $told } mais il n'a aucune ligne ; dépliez tous les groupes et exportez à nouveau
difference-rows-above = ligne { $line } : un total indique { $told } mais les lignes au-dessus donnent { $sum }
difference-file = ligne { $line } : le total du fichier indique { $told } mais ses lignes donnent { $sum }

file-unknown-xml = le fichier est du XML, mais ni un relevé bancaire (camt.052, 053 ou 054) ni une sauvegarde de SMS ; vérifiez de quel fichier il s'agit
file-no-account = le fichier { $format } ne contient aucun relevé de compte ; demandez à la banque le relevé avec ses mouvements
file-no-statement = le fichier n'est pas un relevé connu : un relevé en tableau demande une date et un montant (ou débit et crédit). Lu comme { $layout }. Demandez à la banque camt.053, ou écrivez un profil qui indique les colonnes
file-row-without-amount = la ligne n'a pas de montant : un solde ou une note
file-row-without-date = la ligne n'a pas de date ; ajoutez-la et importez à nouveau
file-row-of-totals = une somme ou un solde reporté, pas un mouvement
file-debit-and-credit = la ligne a un débit et un crédit ; corrigez l'un des deux
file-neither-side = « { $value } » n'est ni débit ni crédit ; écrivez l'un des deux

file-breaks-off-at-entry = le fichier ne se lit plus à partir de l'écriture { $entry } ({ $cause }) ; récupérez-le à nouveau auprès de la banque
file-entry-without-date = l'écriture n'a pas de date comptable
file-entry-bad-date = la date comptable de l'écriture n'est pas une date
file-entry-without-amount = l'écriture n'a pas de montant
file-entry-negative = le montant de l'écriture est négatif ({ $amount }), ce que la norme ne permet pas
file-entry-without-currency = le montant { $amount } n'a pas de devise
file-entry-without-side = l'écriture ne dit pas si elle est un crédit ou un débit
file-entry-without-status = l'écriture n'a pas de statut : elle n'est peut-être pas comptabilisée
file-entry-status = le statut « { $status } » de l'écriture est inconnu
file-movement = le mouvement « :61:{ $value } » ne se lit pas ; comparez-le au relevé de la banque
file-details-of-nothing = ces détails n'appartiennent à aucun mouvement : celui qui les précède manque peut-être

file-entry-without-account = l'écriture ne se trouve dans aucun compte du fichier ; comparez avec le relevé de la banque
file-bank-refused = la banque a répondu par une erreur au lieu d'un relevé : { $code } { $message } ; récupérez le relevé à nouveau
file-definitions = le fichier porte ses propres définitions (DOCTYPE), ce qu'aucune banque n'écrit ; récupérez-le à nouveau auprès de la banque
file-corrects = elle corrige ou annule l'écriture { $reference } que la banque a envoyée auparavant : changez celle-là à la main
file-withdrawn = par ce groupe la banque annule ou corrige ce qu'elle a envoyé auparavant : comparez avec ce qui a été repris
file-securities = { $count } mouvements de titres sont écartés : seul l'argent est lu
file-two-readings = « { $value } » peut se lire de deux façons ; comparez avec le chiffre de la banque
file-dates-guessed =
    le fichier ne dit pas l'ordre de ses dates ; elles sont lues { $dates ->
        [mdy] mois en premier
       *[dmy] jour en premier
    } : comparez-en quelques-unes avec celles de la banque
file-cut-off = le fichier finit sans son enregistrement { $record } : des lignes manquent peut-être ; récupérez-le à nouveau auprès de la banque
file-unknown-records = { $count } lignes du fichier sont d'un genre inconnu et sont écartées, la première : « { $first } »
file-control-differs =
    le fichier indique pour { $what ->
        [records] le nombre d'enregistrements
        [accounts] le nombre de comptes
        [groups] le nombre de groupes
        [debits] les débits
        [credits] les crédits
        [sum] le total de contrôle
       *[other] { $what }
    } { $said }, mais contient { $found } : quelque chose manque ou s'y trouve deux fois ; récupérez-le à nouveau auprès de la banque
file-coda-version = le fichier est un CODA de version { $version } ; demandez à la banque la version 2
file-parts-differ = les parties de l'écriture { $entry } donnent { $parts } et non { $whole }, son montant, qui est retenu en entier
file-parts-unread = les parties de l'écriture { $entry } ne s'additionnent pas ; elle est retenue en entier
file-parts-missing = le fichier annonce les parties de l'écriture { $entries }, et elles n'y sont pas ; chacune est retenue en entier
file-part-without-whole = c'est une partie d'une écriture absente du fichier : elle est peut-être déjà comptée

file-no-remittance = le fichier n'est pas un avis de paiement connu : il ne nomme pas de documents avec leurs montants ; écrivez un profil pour ses colonnes, ou saisissez les lignes
file-remittance-differs = l'avis annonce { $total }, mais ses lignes font { $sum } : demandez au payeur ce qui est juste
file-remittance-row = { $gross } moins { $less } ne fait pas les { $paid } que la ligne dit payés : demandez au payeur

file-not-xml = le fichier n'est pas du XML ; une facture électronique est du XML en UBL ou CII, et celle d'un PDF en est d'abord extraite
file-einvoice-other-root = le fichier est du XML, mais ni une facture ni un avoir en UBL 2.1 ou UN/CEFACT CII : il commence par « { $root } » ; vérifiez de quel fichier il s'agit
file-einvoice-too-large = le fichier est plus grand que toute facture que nous lisons ({ $most } Mio, deux millions de balises) ; vérifiez de quel fichier il s'agit
file-einvoice-breaks-off = le fichier ne se lit pas jusqu'au bout ({ $cause }) ; redemandez-le à l'expéditeur
file-einvoice-number = « { $value } » dans { $element } n'est pas un nombre comme XML l'écrit ; demandez un fichier corrigé à l'expéditeur
file-einvoice-date = « { $value } » dans { $element } n'est pas une date ; demandez un fichier corrigé à l'expéditeur

file-no-messages = la sauvegarde de SMS n'a pas de message ; exportez-la à nouveau
file-breaks-off-after-message = le fichier s'interrompt après le message { $message } ({ $cause }) ; exportez-le à nouveau
file-other-sender = un autre expéditeur
file-several-senders = le fichier contient des messages de { $senders } : dites lesquels appartiennent à ce compte
file-two-accounts = le message nomme deux comptes sans dire lequel est le vôtre : enregistrez-le si de l'argent est entré
file-message-without-day = le message ne dit pas quand c'était : enregistrez-le avec sa date
file-one-time-password = un mot de passe à usage unique
file-unknown-message = un message d'un genre inconnu
file-named-twice =
    le message indique deux fois { $piece ->
        [amount] le montant
        [fee] les frais
        [balance] le solde
        [id] le numéro de transaction
        [external] le numéro externe
        [name] le nom
        [ref] le numéro
       *[at] l'heure
    } ; un payeur a pu écrire l'un des deux
file-not-a-time = « { $value } » n'est pas une heure
file-repeats = répète le message { $message }
file-same-id = a le numéro du message { $message } mais un autre montant
file-reversed = une transaction a été annulée : cherchez le paiement qu'elle reprend
file-reversal-begun = une annulation est lancée : le paiement pourrait être repris
file-mini-statement = une ligne de mini-relevé : son propre message manque peut-être

# Pourquoi une colonne du tableau d'une banque est prise pour un champ. Key: `guess-` and the code of formats::statement::Why.
guess-header = son en-tête est connu
guess-dates = toutes ses valeurs sont des dates
guess-profile = le profil le dit
guess-running-balance = chaque solde est le précédent plus le mouvement de la ligne
guess-moves-balance = les soldes en découlent
guess-one-of-two = chaque ligne a celle-ci ou sa voisine, jamais les deux
guess-amounts = toutes ses valeurs sont des montants
guess-marks = toutes ses valeurs sont des marques de débit ou de crédit
guess-currencies = toutes ses valeurs sont des devises
guess-unique = aucune valeur ne revient deux fois
guess-telephones = ses valeurs sont des numéros de téléphone
guess-words = surtout des mots
