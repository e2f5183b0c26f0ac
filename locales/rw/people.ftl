# needs a native reader
# Signing in, people and their rights.
unusable-password-short = ijambo ry'ibanga rigira nibura inyuguti { $min }; amagambo make akurikirana yoroshye kwibuka
unusable-password-long = ijambo ry'ibanga ntirirenza inyuguti { $max }
unusable-password-common = riri mu ya mbere umuntu yagerageza; fata amagambo make adafitanye isano
unusable-password-names = ririmo "{ $word }", izina buri wese yagerageza; ntushyiremo amazina
unusable-password-same = ni ryo usanganywe
unusable-user-name = izina ryo kwinjiriraho rigira inyuguti, imibare, utudomo n'uturongo bitarenze { $max }, nta mwanya urimo
unusable-user-name-reserved = ni izina ry'ucunga iyi porogaramu kuri mudasobwa
action-own-account = guhindura uburyo bwawe bwo kwinjira
action-user-list = kureba abantu n'inshingano zabo
action-user-change = guhindura amazina y'abantu
action-user-role = guha abantu inshingano
action-user-deactivate = guhagarika abantu
action-user-reactivate = gusubizaho abantu
action-user-link = gukora imirongo yo kwinjiriraho
action-user-forget-second-factor = gukuraho ikimenyetso cya kabiri cy'abantu
action-user-sessions = kureba no kurangiza igihe abantu binjiye
action-user-reads = kureba uwasomye dosiye iyi n'iyi
field-password = ijambo ry'ibanga
field-full-name = amazina yose
field-setting = igenamiterere
field-user = umuntu
field-session = igihe winjiye
