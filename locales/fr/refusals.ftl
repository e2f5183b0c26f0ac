# needs a native reader
# Ce que le programme refuse : ce qui s'est passé, sur quoi, et que faire ensuite. Clés et variables comme en anglais.

refusal-not-allowed = { $user } n'a pas le droit requis : { $action }. Demandez ce droit à un administrateur, ou adressez-vous à une personne qui l'a.
refusal-other-portfolio = { $user } n'a pas ce droit ici ({ $action }) : le compte est suivi par { $collector }. Adressez-vous à { $collector } ou à un responsable.
refusal-not-found = Introuvable dans cette société : { $kind } « { $name } ». Vérifiez l'orthographe, ou cherchez dans la liste.
refusal-no-company = Il n'y a pas de société « { $name } » dans ce livre. Vérifiez le code après --company, ou omettez-le s'il n'y en a qu'une.
refusal-exists = « { $name } » existe déjà ({ $kind }). Utilisez l'existant, ou choisissez un autre nom.
refusal-other-content = { $number } est déjà comptabilisé avec un autre contenu ; rien n'a changé. Corrigez par une note de crédit ou une annulation, ou donnez un autre numéro à la nouvelle pièce.
refusal-key-reused = La clé « { $key } » a déjà servi pour une autre requête. Répétez cette requête telle quelle, ou envoyez celle-ci avec une nouvelle clé.
refusal-missing = Il manque : { $field }. Complétez, puis réessayez.
refusal-invalid = « { $field } » ne peut pas être « { $value } » : { $reason }. Corrigez, puis réessayez.
refusal-invalid-empty = « { $field } » est inutilisable : { $reason }. Corrigez, puis réessayez.
refusal-exceeds-open = Le solde ouvert de { $item } est de { $open } ; { $amount }, c'est trop. Prenez-en au plus { $open }.
refusal-already-settled = { $item } est soldée : plus rien n'est ouvert. Vérifiez le numéro, ou laissez l'argent en compte.
refusal-exceeds-unapplied = Il reste { $unapplied } à imputer sur { $source } ; { $amount }, c'est trop. Imputez au plus { $unapplied }, ou prenez un autre encaissement pour le reste.
refusal-exceeds-refundable = Il reste { $unapplied } non imputé sur { $receipt } ; { $amount }, c'est trop. Remboursez au plus { $unapplied }, ou annulez d'abord ce qui en a été imputé ou remboursé.
refusal-exceeds-creditable = De { $invoice }, il ne reste que { $left } à créditer, pas { $amount }. Ne créditez pas plus.
refusal-unidentified = On ne sait pas encore qui a payé { $source }. Indiquez d'abord le client, puis imputez.
refusal-other-customer = { $source } et { $item } n'ont pas le même client ou la même devise : l'un ne peut pas régler l'autre. Choisissez un poste du même client et de la même devise.
refusal-not-positive = { $amount } n'est pas supérieur à zéro. Donnez un montant supérieur à zéro ; pour revenir en arrière, annulez l'opération.
refusal-before-document = Le { $on } précède { $document }, daté du { $document_on }. Choisissez le { $document_on } ou un jour suivant.
refusal-before-movement = Un paiement, un avoir, un passage en perte, un remboursement ou une annulation a touché { $item } le { $moved_on } ; le { $on } vient avant. Choisissez le { $moved_on } ou un jour suivant.
refusal-after-today = Le { $on } vient après aujourd'hui, le { $today } : l'argent ne peut pas être déjà parti. Choisissez aujourd'hui ou un jour précédent.
refusal-period-closed = Le { $on } est dans une période clôturée : tout est clôturé jusqu'au { $closed_to }. Choisissez un jour suivant, ou demandez la réouverture de la période.
refusal-no-rate = Aucun taux de change pour { $currency } au { $on } ni avant. Ajoutez-en un avec sa source, puis réessayez.
refusal-already-reversed = { $what } est déjà annulé ; rien n'a changé. Il n'y a plus rien à faire.
refusal-totals-differ = { $number } : la somme des éléments est { $sum }, mais le total indique { $total }. Corrigez les éléments ou le total, puis recommencez.
refusal-clock-behind = L'horloge de cet ordinateur indique { $now }, mais la dernière écriture est scellée à { $last }. Réglez l'horloge, puis réessayez ; rien n'a été comptabilisé.
refusal-day-before = Le passage du jour est déjà fait pour le { $last } ; le { $today } est antérieur. Lancez-le pour le { $last } ou un jour suivant.
refusal-not-sealed-yet = Ce qui était connu à { $known_at } peut encore changer : le dernier scellement date de { $last }. Demandez un instant jusqu'à celui-là, ou n'en donnez pas.
refusal-plan-gone = Le plan { $plan } est inconnu ou déjà exécuté. Faites un nouveau plan avec --dry-run et regardez-le d'abord.
refusal-sign-mismatch = { $number } est du mauvais côté : une facture est positive et reçoit des paiements, une note de crédit est négative et donne un crédit. Choisissez l'autre type de pièce, ou changez le signe.
refusal-buckets = « { $buckets } » ne peut pas servir de tranches d'âge. Donnez des jours croissants, supérieurs à zéro, par exemple 30,60,90.
refusal-which-company =
    { $count ->
        [0] Ce livre n'a pas encore de société. Créez-en une avec « ideni init ».
       *[other] Ce livre contient { $count } sociétés : { $codes }. Précisez laquelle avec --company CODE.
    }
refusal-nothing-open = { $customer } n'a aucun poste ouvert : il n'y a rien à faire. Vérifiez que c'est le bon client.
refusal-hold-end = Une suspension doit finir après aujourd'hui ({ $today }) ; { $until } ne convient pas. Donnez un jour suivant.
refusal-promise-day = Le { $on } est passé : nous sommes le { $today }. Une promesse demande aujourd'hui ou un jour suivant.
refusal-too-large = Le nombre pour { $what } est trop grand pour être gardé exactement. Vérifiez s'il a des chiffres en trop, ou divisez-le.
refusal-file-exists = { $file } existe déjà et n'est pas remplacé. Donnez un autre nom à la sauvegarde.
refusal-file-missing = Il n'y a pas de fichier { $file }. Vérifiez le nom et le dossier.
refusal-backup-broken = La sauvegarde n'est pas intacte : { $cause }. Ne l'utilisez pas ; faites-en une nouvelle, ou prenez-en une plus ancienne.
refusal-book-not-empty = Le livre à remplir n'est pas vide. Indiquez-en un nouveau avec --database.
refusal-no-book = { $file } n'est pas un livre d'Ideni ({ $cause }). Indiquez-en un autre avec --database ; le fichier est resté tel quel.
refusal-newer-book = Ce livre a été écrit par un Ideni plus récent : ses tables sont à { $number }, ce programme connaît { $ours }. Utilisez le programme plus récent.
refusal-not-durable = PostgreSQL fonctionne avec { $setting } = { $value }, et une coupure de courant perdrait de l'argent. Mettez-le à on, puis réessayez.
refusal-no-address = Ideni ne peut pas écouter sur { $address } ({ $cause }). Indiquez une autre adresse avec --listen.
refusal-no-certificate = Le certificat est inutilisable : { $file } ({ $cause }). Donnez un certificat avec sa chaîne et sa clé, tous deux en PEM, par --cert et --cert-key. S'il s'agit d'un certificat fait par Ideni, effacez son dossier : un nouveau sera fait, auquel les ordinateurs devront faire confiance.
refusal-public-address = { $address } est une adresse d'internet, pour laquelle Ideni ne fait pas de certificat. Obtenez-en un pour le nom de cette machine et donnez-le par --cert et --cert-key.
refusal-quarantined = Ce livre a été restauré d'une sauvegarde et est en quarantaine : rien n'en sort ; rien n'a changé. Si c'est le livre utilisé maintenant, un administrateur la lève avec « ideni quarantine lift --reason TEXTE ».
refusal-not-quarantined = Ce livre n'est pas en quarantaine ; rien n'a changé. Il n'y a rien à lever.

kind-account = compte de trésorerie
kind-allocation = imputation
kind-company = société
kind-customer = client
kind-identified-receipt = encaissement identifié
kind-invoice = facture
kind-credit-note = note de crédit
kind-hold = suspension
kind-payer = payeur
kind-message = message
kind-payment = paiement
kind-promise = promesse de paiement
kind-open-item = poste ouvert
kind-receipt = encaissement
kind-refund = remboursement
kind-line = ligne
kind-user = utilisateur
refusal-before-reversal = Impossible de dater ceci du { $on } : ce qui est utilisé n'a été libéré que par une annulation du { $reversed_on }. Datez-le du { $reversed_on } ou plus tard.
kind-dispute = litige
kind-certificate = attestation
kind-contract = contrat
kind-end = fin
kind-late-charge = frais de retard
refusal-exceeds-undisputed = { $item } a { $undisputed } ouvert et hors litige ; { $amount }, c'est trop. Contestez au plus { $undisputed }, ou terminez d'abord un litige.
refusal-dispute-ended = Ce litige s'est terminé le { $on } : { $outcome }. Rien n'a changé ; enregistrez-en un nouveau si le client conteste encore.
refusal-certificate-is = Cette étape ne suit pas ; l'attestation en est à : { $certificate }. Un papier est classé tant qu'il est attendu, imputé tant qu'il est reçu, et refusé une seule fois.
refusal-of-certificate = L'attestation { $id } a réglé ceci. Refusez l'attestation avec sa raison, et la facture est de nouveau ouverte.
refusal-no-template = { $name } ne s'imprime pas : { $cause }. Rien n'a été enregistré.
refusal-period-billed = La facture { $number } couvre ceci jusqu'au { $until }. Modifiez le contrat à partir d'un jour ultérieur, ou créditez la facture.
kind-holiday = jour férié
kind-statement-line = ligne de relevé
refusal-line-decided = La ligne { $line } a été décidée le { $on } : { $reason }. Rien n'a changé ; il n'y a plus rien à faire.
refusal-line-recorded = { $line } a été enregistrée comme encaissement le { $on } ; rien n'a changé. Il n'y a plus rien à faire.
kind-upload = fichier examiné
refusal-setting-moved = { $by } a mis { $setting } à « { $value } » entre-temps ; rien n'a changé. Regardez, puis décidez de nouveau.
refusal-sheet-full = Une feuille contient 1 048 575 lignes, et il y en a plus. Prenez-le en CSV, ou réduisez la sélection.
kind-setting = réglage
kind-action = action
refusal-wrong-sign-in = Le nom, le mot de passe ou le code n'est pas bon. Réessayez, ou demandez un nouveau lien à un administrateur.
refusal-too-many-tries = Trop d'essais ont échoué. Attendez { $wait }, puis réessayez ; personne n'est bloqué pour toujours.
refusal-wrong-password = Ce n'est pas votre mot de passe actuel ; rien n'a changé. Tapez-le à nouveau, ou demandez un lien à un administrateur.
refusal-wrong-code = Le code n'est pas bon, ou a déjà servi. Attendez le suivant sur votre téléphone et tapez-le.
refusal-link-gone = Ce lien a déjà servi, ou son délai est passé. Demandez-en un nouveau à un administrateur.
refusal-conflicting-duties = { $user } pourrait alors { $action } et { $against } : cela revient à deux personnes. Choisissez d'autres rôles, ou laissez la société lister ces cumuls (« ideni setting set duties listed --reason TEXTE »).
refusal-last-administrator = { $user } est ici le seul administrateur en activité ; sans lui, personne ne pourrait plus admettre quelqu'un. Nommez d'abord un autre administrateur.
refusal-other-companies = { $user } travaille aussi dans d'autres sociétés de cette installation, que cela toucherait ; rien n'a changé. Adressez-vous à qui les administre toutes.
kind-session = session
kind-second-factor = second facteur
unusable-not-understood = la saisie n'a pas été comprise ({ $cause }) ; revenez à la page et recommencez
unusable-too-long = pas plus de { $most } caractères ici
unusable-control-character = elle contient un caractère qui ne peut s'écrire ; saisissez-la de nouveau
refusal-stale-version = « { $name } » a été enregistré après que vous l'avez ouvert : { $user }, { $at }. Rien de ce que vous avez saisi n'est encore écrit. Comparez les deux versions, puis enregistrez de nouveau.
refusal-likely-duplicate = « { $name } » est peut-être un client que vous avez déjà : { $codes }. Regardez-les d'abord ; si c'en est un autre, dites-le et enregistrez.
refusal-merged = { $code } est fusionné avec { $into }. Utilisez { $into }, ou annulez d'abord cette fusion.
refusal-merge-itself = { $code } ne peut être fusionné avec lui-même. Nommez l'autre client.
refusal-not-merged = { $code } n'est fusionné avec aucun autre client : il n'y a rien à annuler.
refusal-needs-approval = Ici une deuxième personne doit approuver ({ $action }) ; rien n'a changé. Demandez-le, et quelqu'un d'autre décidera.
refusal-own-request = { $user } l'a demandé et ne peut pas aussi l'approuver. Une autre personne qui en a le droit décide.
refusal-own-request-waits = Vous l'avez demandé vous-même, il attend donc un jour : vous pourrez l'approuver à partir de { $from }, avec un motif.
refusal-request-decided = Cette demande a déjà été tranchée : { $decision }, par { $user }, { $at }. Rien n'a changé ; il n'y a plus rien à faire.
kind-contact = contact
kind-request = demande
refusal-busy =
    { $count ->
        [one] { $count } travail long est déjà en cours. Attendez qu'il finisse, puis réessayez.
       *[other] { $count } travaux longs sont déjà en cours. Attendez que l'un finisse, puis réessayez.
    }
refusal-still-running = Ce travail est encore en cours. Attendez qu'il finisse.
refusal-files-full = Les fichiers à télécharger prennent { $megabytes } Mo, et il n'y a plus de place. Rangez ceux qui ont été téléchargés, ou réduisez la sélection.
kind-work = travail long
refusal-outcome-alone = « { $attempt } » est un résultat à part : il ne va avec aucun autre, ni avec des gens qui ont appelé ou sont venus. Gardez ce qui s'est passé et retirez le reste.
refusal-callback-done = { $by } a fait ce rappel téléphonique le { $on }. Rien n'a changé ; il n'y a plus rien à faire.
refusal-note-corrected = { $by } a déjà corrigé cette note. Corrigez plutôt la note plus récente.
kind-report = rapport
refusal-key-reaches-further = Avec une clé pour { $user }, vous auriez un droit que vos propres rôles n'ont pas : { $action }. Créez une clé pour vous-même, ou demandez à la personne qui gère la base de créer celle-ci par commande.
