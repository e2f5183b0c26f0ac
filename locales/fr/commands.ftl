# needs a native reader
# Ce que disent les commandes : progrès, conseils, et pourquoi l'une d'elles n'a pas fait ce qui était demandé. Commandes
# et options restent telles quelles.

command-no-book = Il n'y a pas de livre à { $path }. Créez-en un avec ideni init --name "Votre société", ou indiquez-en un autre avec --database.
command-zone-unknown = Le fuseau horaire { $zone } est inconnu de ce programme.
command-in-file = { $file } : { $why }
command-in-list = { $file } : { $why }
command-backup-written = { $file } est écrit, ouvert et vérifié.
command-restored = { $book } contient maintenant le livre, vérifié et en quarantaine : rien n'en est envoyé.
command-in-quarantine = Ce livre a été restauré d'une sauvegarde et est en quarantaine : aucun message n'est marqué comme envoyé. Si c'est le livre utilisé maintenant : ideni quarantine lift --reason TEXTE
command-quarantine-lifted = La quarantaine est levée.

command-no-book-yet = Il n'y a pas encore de livre ici. Créez une société : ideni init --name "Votre société" --tin 123456789
command-try-demo = Ou regardez-en une inventée : ideni demo
command-no-invoices = Pas encore de factures. Importez-en : ideni import invoices FICHIER.csv
command-receipts-waiting =
    { $count ->
        [one] { $count } encaissement n'est pas entièrement imputé : ideni cash apply
       *[other] { $count } encaissements ne sont pas entièrement imputés : ideni cash apply
    }
command-apply-yourself = Ce qui n'est que proposé, imputez-le vous-même : ideni allocation add ENCAISSEMENT FACTURE
command-lines-waiting =
    { $count ->
        [one] { $count } ligne de relevé attend une personne : ideni statement review
       *[other] { $count } lignes de relevé attendent une personne : ideni statement review
    }
command-see-open = Ce qui est ouvert : ideni ageing

command-instalment = « { $value } » n'est pas une tranche ; écrivez DATE:POIDS, comme 2026-09-30:50
command-line-of-document = « { $value } » n'est pas une ligne ; écrivez DÉSIGNATION;QUANTITÉ;PRIX;CLASSE, comme Riz 25 kg;10;30000;B, puis la remise s'il y en a une ; ou @CODE;QUANTITÉ pour un article du catalogue
command-credited-line = « { $value } » n'est pas une ligne ; écrivez NO ou NO:QUANTITÉ, comme 1:2.5,3

command-needs-opening-day = { $file } est un export de balance âgée : ce qui était ouvert un jour donné, et non des ventes. Donnez le jour de bascule, et ce sera la reprise : --opening-on AAAA-MM-JJ
command-rows =
    { $count ->
        [one] { $count } ligne
       *[other] { $count } lignes
    }
command-all-refused =
    { $count ->
        [one] Rien n'est enregistré : la seule ligne est refusée, voir ci-dessus.
       *[other] Rien n'est enregistré : les { $count } lignes sont toutes refusées, voir ci-dessus.
    }
command-atomic-refused =
    { $count ->
        [one] Rien n'est enregistré : { $count } ligne est refusée et --atomic demande tout ou rien.
       *[other] Rien n'est enregistré : { $count } lignes sont refusées et --atomic demande tout ou rien.
    }
command-statement-too-large = { $file } a { $bytes } octets, plus qu'un relevé ne peut en avoir. Découpez-le par mois.
command-does-not-add-up = ouverture + lignes - clôture = { $difference } : le fichier ne tombe pas juste ; comparez-le avec celui de la banque
command-lines-declared = le fichier annonce { $declared } écritures et en contient { $found } : il est peut-être tronqué ; téléchargez-le de nouveau
command-messages-missing =
    { $count ->
        [one] Un message manque peut-être : le solde saute (voir gaps)
       *[other] { $count } messages manquent peut-être : le solde saute (voir gaps)
    }

command-export-ending = { $file } : le nom dit comment l'écrire. Donnez un fichier qui finit par .xlsx ou .csv.
command-export-pdf = { $file } : cette version n'écrit pas de PDF. Donnez un fichier qui finit par .xlsx ou .csv.
command-export-exists = { $file } existe déjà. Donnez un autre fichier, ou remplacez-le avec --force.
command-print-ending = { $file } : un papier s'écrit dans un fichier qui finit par .pdf.
command-exported =
    { $count ->
        [one] { $file } : { $count } ligne
       *[other] { $file } : { $count } lignes
    }
command-sheet-full = Une feuille contient 1 048 575 lignes, et il y en a plus. Exportez en CSV, ou réduisez la sélection.
command-set-up-at = Ideni écoute sur { $address }. Il n'y a pas encore de société ici. Créez-la :

command-opening-differs =
    { $count ->
        [one] La reprise et { $file } diffèrent pour { $count } client, voir la colonne difference. Chargez ce qui manque, ou corrigez la liste et recommencez.
       *[other] La reprise et { $file } diffèrent pour { $count } clients, voir la colonne difference. Chargez ce qui manque, ou corrigez la liste et recommencez.
    }
command-identities-broken =
    { $count ->
        [one] { $count } ligne viole une identité : ne comptabilisez plus rien, gardez une copie de la base et signalez-le.
       *[other] { $count } lignes violent une identité : ne comptabilisez plus rien, gardez une copie de la base et signalez-le.
    }

command-making-demo = Deux ans d'histoire d'un distributeur se préparent ; une seule fois, en moins d'une minute.
command-demo-ready = Toutes les identités du grand livre sont respectées. Le livre est { $book }.
command-demo-there = La démonstration est déjà là : { $book }. Supprimez le fichier pour la refaire.
command-listens-on = Ideni écoute sur { $address }.
command-sign-in-as = Se connecter comme :
command-stop-with = Arrêter avec Ctrl+C.
command-trust-us =
    Ce qui est envoyé est chiffré avec un certificat propre à Ideni, que les navigateurs ne connaissent pas : ils avertissent. Faites-le accepter une fois par chaque ordinateur et téléphone :
      1. Copiez-y { $file }, par une clé ou à la main. Ce fichier est public ; les autres de son dossier sont secrets.
      2. Comparez son empreinte SHA-256 avec celle-ci : { $fingerprint }
      3. Windows : ouvrez le fichier, Installer le certificat, Ordinateur local, Autorités de certification racines de confiance.
         Mac : ouvrez-le dans Trousseaux d'accès, Système, et choisissez Toujours approuver. Linux : dans les réglages du navigateur, Certificats, Autorités.
         Android : Paramètres, Sécurité, Installer un certificat, Certificat CA. iPhone : installez le profil, puis Général, Informations, Réglages de confiance des certificats.
         Firefox a sa propre liste : Paramètres, Certificats, Autorités, Importer.
    Il ne peut répondre que de cette machine et d'adresses privées.

demo-customers = la société et ses clients
demo-day = { $on }
demo-checking = vérification de toutes les identités du livre
demo-done = terminé

failure-disk-full = Le disque est plein : rien de cette action n'est enregistré. Libérez de la place et recommencez.
failure-again = La base de données demande un nouvel essai ({ $cause }). Recommencez.
failure-rolled-back = Rien n'a été écrit, comme demandé.

formula-dso = créances / ventes à crédit * jours
formula-bpdso = créances non échues / ventes à crédit * jours
formula-add = (créances - créances non échues) / ventes à crédit * jours
formula-cei_monthly = (début + ventes / mois - fin totale) / (début + ventes / mois - fin non échue) * 100, avec les ventes d'un mois moyen
formula-cei_period = (début + ventes - fin totale) / (début + ventes - fin non échue) * 100, avec les ventes de toute la période
formula-dso_countback = mois entiers de ventes retirés des créances, le dernier d'abord, plus reste / ventes de ce mois * ses jours
formula-straight_through = encaissements imputés en entier par l'imputation automatique seule / tous les encaissements * 100
formula-for_people = tous les encaissements - encaissements imputés en entier par l'imputation automatique seule

report-ageing = Ce qui est ouvert, et depuis quand
report-worklist = Qui appeler ensuite, et pourquoi
report-kpi = DSO, meilleur DSO possible, ADD, DSO par épuisement, CEI et taux d'imputation automatique, chacun avec sa formule
report-provision = Ce qu'on s'attend à perdre de ce qui est ouvert, à un taux par tranche ; rien n'est comptabilisé
report-revaluation = Ce qui est ouvert en devises, comme comptabilisé et au taux d'un jour ; rien n'est comptabilisé
report-opening-proof = Ce que la reprise a comptabilisé, par client, à côté de la liste d'où cela vient
report-journal = Chaque ligne de chaque écriture, dans l'ordre des jours
report-sales = Ce qui a été facturé, selon sa taxation
report-certificates = Impôts retenus par les clients, et où en sont leurs attestations
