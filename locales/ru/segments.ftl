# Язык сегментов: ошибки условий о сохранённых сегментах и днях рождения.
find-mistake-unknown-segment = такого сохранённого сегмента нет
find-mistake-segment-cycle = сегмент не может содержать сам себя
find-mistake-broken-segment = сохранённый сегмент больше не читается: сначала поправьте его
find-mistake-not-a-birthday = здесь нужен день рождения, например сегодня, next-7d, 08.03 или март
segment-mistake-reason = Здесь не понял: { $reason }.
segment-mistake-meant = Может быть: <code>{ $query }</code>?
