quality-empty = В базе пока никого нет.
quality-title = <b>Качество базы: { $score } из 100</b> · { $cards ->
    [one] { $cards } карточка
    [few] { $cards } карточки
   *[other] { $cards } карточек
}
quality-change = За месяц: { $line } с { $first } до { $last }
quality-perfect = Всё заполнено и всё верно. Так держать!
quality-line = { $what }: { $count } ({ $share } %)
quality-press = Нажмите, чтобы увидеть людей и поправить.
menu-quality = Качество базы
quality-no_name = Без имени
quality-no_way = Никак не связаться
quality-duplicates = Возможно, двойники
quality-unreachable = Бот не может написать
quality-impossible = Невозможный возраст
quality-no_phone = Без телефона
quality-no_consent = Без согласия на данные
quality-nobodys = Заявка есть, менеджера нет
quality-stale = Молчат больше года
quality-no_source = Неизвестно, откуда
quality-no_city = Без города
quality-no_birthday = Без дня рождения
quality-no_email = Без почты
