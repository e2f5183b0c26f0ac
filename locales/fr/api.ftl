# needs a native reader
# The JSON API and its page.

# What is wrong with a request, before any action is asked: `api-` and the code. $cause is technical and in English.
api-not-json = Le corps n'est pas un JSON lisible : { $cause }. Envoyez un objet JSON en UTF-8.
api-query-unreadable = Ce qui suit le point d'interrogation n'est pas un texte lisible. Écrivez chaque signe qui n'est ni lettre ni chiffre avec % et deux chiffres.
api-query-unknown = « { $field } » n'a pas sa place dans la requête : { $cause }. Retirez-le ou donnez-le une seule fois ; les paramètres sont listés sous /api/v1.
api-query-invalid = « { $field } » dans la requête est inutilisable : { $cause }. Cherchez le paramètre sous /api/v1.
api-path-unreadable = Le chemin n'est pas un texte lisible. Écrivez chaque signe qui n'est ni lettre ni chiffre avec % et deux chiffres.
api-body-unexpected = Aucun corps n'est attendu ici. Renvoyez la requête sans corps.
api-idempotency-key-missing = Une écriture exige l'en-tête Idempotency-Key. Inventez-en un pour chaque écriture, et renvoyez le même quand vous réessayez.
api-idempotency-key-invalid = L'en-tête Idempotency-Key prend de 1 à 100 signes sans espaces. Un UUID convient.
api-key-missing = On ne sait pas qui demande. Envoyez une clé d'API : « Authorization: Bearer ideni_… » ; un administrateur en crée une par « ideni api-key add ».
api-key-unknown = Cette clé d'API n'existe pas. Vérifiez qu'elle a été copiée en entier, ou demandez-en une autre à un administrateur.
api-key-ended = Cette clé d'API a été révoquée le { $on }. Demandez-en une autre à un administrateur.
api-key-expired = Cette clé d'API valait jusqu'au { $on }. Demandez-en une autre à un administrateur.
api-key-of-nobody = Cette clé d'API agit pour { $user }, qui n'a plus de rôle ici. Demandez à un administrateur une clé d'une autre personne.
api-out-of-scope = Cette clé d'API ne va pas jusque-là : il lui manque la portée { $scope }. Demandez à un administrateur une clé qui l'a.
api-no-such-path = Il n'y a pas de { $path } ici. La liste de ce qu'il y a se trouve sous /api/v1.
api-method-not-allowed = { $method } n'est pas possible ici. Ce qui l'est : { $allowed }.
api-body-too-large = Le corps dépasse { $bytes } octets. Envoyez moins à la fois.
api-content-type = Le corps doit être du type { $expected }. Dites-le dans l'en-tête Content-Type.
api-field-unknown = « { $field } » est inconnu ici. Vérifiez l'orthographe ou retirez-le ; les champs sont listés sous /api/v1.
api-field-missing = « { $field } » manque. Remplissez-le et réessayez.
api-field-invalid = « { $field } » est inutilisable : { $cause }. Corrigez et réessayez ; ce qu'il prend est décrit sous /api/v1.
api-file-unreadable = Le fichier est illisible : { $why }. Rien n'a été importé.
api-if-match-missing = Ceci modifie une fiche et exige l'en-tête If-Match : l'ETag de la fiche telle que vous l'avez lue. Lisez-la, puis envoyez son ETag.
api-too-many-requests = Trop de requêtes en trop peu de temps. Attendez { $seconds } secondes, puis continuez.
api-failed = Une erreur est survenue de notre côté, et rien n'a été écrit. Réessayez ; si elle revient, prévenez la personne qui gère Ideni.
api-busy = Le livre est occupé, et rien n'a été écrit. Réessayez dans une seconde.

field-expires-on = dernier jour
field-scope = portée
kind-api-key = clé d'API
action-api-key-add = créer des clés d'API
action-api-key-end = révoquer des clés d'API
command-key-shown-once = Copiez la clé maintenant : son texte n'est pas conservé et n'est montré que cette fois. Qui la possède agit pour son utilisateur.

# The page at /api/v1.
doc-title = Ideni pour les programmes
doc-lead = Les actions des pages et des commandes, en JSON par HTTP.
doc-rules = Règles
doc-key = Une clé agit pour un utilisateur, sans dépasser ses droits, dans ses portées.
doc-once = Chaque écriture porte une clé à elle : envoyée deux fois, elle est faite une fois et reçoit la même réponse.
doc-changes = Ce qui est lu porte une marque ; qui modifie une fiche renvoie la marque avec laquelle il l'a lue.
doc-pages = Les listes viennent par pages de 200 lignes au plus ; « next » est le début de la page suivante.
doc-values = Les montants sont des textes décimaux en unités principales à côté de leur devise, les jours suivent ISO 8601, les instants RFC 3339. Les champs inconnus sont refusés.
doc-limits = Une clé a 100 requêtes par seconde, et 500 d'un coup.
doc-errors = Toute erreur a une seule forme. Les codes sont stables, les phrases viennent dans la langue d'Accept-Language.
doc-status = État
doc-meaning = Sens
doc-scope = Portée :
doc-right = Droit :
doc-takes = Prend :
doc-gives = Donne :
doc-name = Nom
doc-place = Place
doc-kind = Type
doc-needed = Exigé
doc-types = Types
