export-ask-use = { $count ->
    [0] По запросу «{ $about }» никого нет: выгружать нечего.
    [one] «{ $about }»: { $count } человек. Для чего выгрузка?
    [few] «{ $about }»: { $count } человека. Для чего выгрузка?
   *[other] «{ $about }»: { $count } человек. Для чего выгрузка?
}
export-ask-use-all = { $count ->
    [0] В базе пока никого нет: выгружать нечего.
    [one] Вся база: { $count } человек. Для чего выгрузка?
    [few] Вся база: { $count } человека. Для чего выгрузка?
   *[other] Вся база: { $count } человек. Для чего выгрузка?
}
export-use-call = 📞 Позвонить
export-use-mail = ✉️ Написать
export-use-full = 🗂 Полные карточки
export-holds-call = Имена, телефоны, метки, менеджер и последняя покупка. Только те, у кого есть телефон.
export-holds-mail = Имена, почта и Telegram. Только те, кто согласился получать предложения.
export-holds-full = Всё, что есть на карточках.
export-ask-format = { $what } В каком виде?
export-format-xlsx = Excel
export-format-csv = CSV
export-format-vcard = Контакты (vCard)
export-format-archive = весь архив
export-button = 📤 Выгрузить файлом
export-button-back = ← Назад
export-preparing = Готовлю файл. Он придёт вам лично, с пометкой <code>{ $mark }</code>.
export-ready = { $count ->
    [one] { $count } человек в файле. Пометка <code>{ $mark }</code>.
    [few] { $count } человека в файле. Пометка <code>{ $mark }</code>.
   *[other] { $count } человек в файле. Пометка <code>{ $mark }</code>.
}
export-left-out = { $count ->
    [one] Ещё { $count } не подошёл: нет телефона, адреса или согласия.
   *[other] Ещё { $count } не подошли: нет телефона, адреса или согласия.
}
export-too-large = Файл больше, чем берёт Telegram. Он ждёт на сервере два дня: <code>{ $path }</code>
export-by = Выгрузил(а): { $name }, { $at }
export-of = По запросу: { $segment }
exports-title = <b>Выгрузки</b>: кто, что и когда
exports-none = Выгрузок ещё не было.
exports-everybody = вся база
exports-line = { $at } · { $by }: { $count } ({ $what }), { $format }, <code>{ $mark }</code>
exports-waiting = готовится
exports-failed = не получилось
archive-ask = Весь архив: карточки, заявки, покупки и остальное таблицами, присланные файлы и описание схемы. Держите его там, где он не попадёт в чужие руки.
archive-button = 📦 Собрать архив
archive-ready = { $count ->
    [one] Вся база: { $count } карточка. Пометка <code>{ $mark }</code>.
    [few] Вся база: { $count } карточки. Пометка <code>{ $mark }</code>.
   *[other] Вся база: { $count } карточек. Пометка <code>{ $mark }</code>.
}
refused-export-words = Слов слишком мало, чтобы понять, кто именно нужен. Добавьте условие: метку, город или статус.
menu-export = Выгрузить людей в файл
menu-exports = Кто что выгружал
menu-archive = Весь архив базы
export-sheet-contacts = Клиенты
export-sheet-answers = Ответы
export-sheet-about = Выгрузка
export-column-id = №
export-column-name = Имя
export-column-phone = Телефон
export-column-more_phones = Ещё телефоны
export-column-email = Почта
export-column-more_emails = Ещё почта
export-column-username = Telegram
export-column-language = Язык
export-column-tags = Метки
export-column-status = Статус
export-column-level = Уровень
export-column-owner = Менеджер
export-column-source = Источник
export-column-purchases = Покупок
export-column-spent = Потрачено
export-column-points = Баллы
export-column-first_purchase = Первая покупка
export-column-last_purchase = Последняя покупка
export-column-rfm = RFM
export-column-abc = ABC
export-column-nps = NPS
export-column-created = Карточка создана
export-column-last_seen = Писал последний раз
