export-ask-use = { $count ->
    [0] За запитом «{ $about }» нікого немає: вивантажувати нічого.
    [one] «{ $about }»: { $count } людина. Для чого вивантаження?
    [few] «{ $about }»: { $count } людини. Для чого вивантаження?
   *[other] «{ $about }»: { $count } людей. Для чого вивантаження?
}
export-ask-use-all = { $count ->
    [0] У базі поки нікого немає: вивантажувати нічого.
    [one] Уся база: { $count } людина. Для чого вивантаження?
    [few] Уся база: { $count } людини. Для чого вивантаження?
   *[other] Уся база: { $count } людей. Для чого вивантаження?
}
export-use-call = 📞 Зателефонувати
export-use-mail = ✉️ Написати
export-use-full = 🗂 Повні картки
export-holds-call = Імена, телефони, мітки, менеджер і остання покупка. Лише ті, хто має телефон.
export-holds-mail = Імена, пошта й Telegram. Лише ті, хто погодився отримувати пропозиції.
export-holds-full = Усе, що є на картках.
export-ask-format = { $what } У якому вигляді?
export-format-xlsx = Excel
export-format-csv = CSV
export-format-vcard = Контакти (vCard)
export-format-archive = весь архів
export-button = 📤 Вивантажити файлом
export-button-back = ← Назад
export-preparing = Готую файл. Він прийде вам особисто, з позначкою <code>{ $mark }</code>.
export-ready = { $count ->
    [one] { $count } людина у файлі. Позначка <code>{ $mark }</code>.
    [few] { $count } людини у файлі. Позначка <code>{ $mark }</code>.
   *[other] { $count } людей у файлі. Позначка <code>{ $mark }</code>.
}
export-left-out = { $count ->
    [one] Ще { $count } не підійшов: немає телефону, адреси або згоди.
   *[other] Ще { $count } не підійшли: немає телефону, адреси або згоди.
}
export-too-large = Файл більший, ніж бере Telegram. Він чекає на сервері два дні: <code>{ $path }</code>
export-by = Вивантажив(-ла): { $name }, { $at }
export-of = За запитом: { $segment }
exports-title = <b>Вивантаження</b>: хто, що й коли
exports-none = Вивантажень ще не було.
exports-everybody = уся база
exports-line = { $at } · { $by }: { $count } ({ $what }), { $format }, <code>{ $mark }</code>
exports-waiting = готується
exports-failed = не вийшло
archive-ask = Увесь архів: картки, заявки, покупки та решта таблицями, надіслані файли й опис схеми. Тримайте його там, де він не потрапить до чужих рук.
archive-button = 📦 Зібрати архів
archive-ready = { $count ->
    [one] Уся база: { $count } картка. Позначка <code>{ $mark }</code>.
    [few] Уся база: { $count } картки. Позначка <code>{ $mark }</code>.
   *[other] Уся база: { $count } карток. Позначка <code>{ $mark }</code>.
}
refused-export-words = Слів замало, щоб зрозуміти, хто саме потрібен. Додайте умову: мітку, місто чи статус.
menu-export = Вивантажити людей у файл
menu-exports = Хто що вивантажував
menu-archive = Увесь архів бази
export-sheet-contacts = Клієнти
export-sheet-answers = Відповіді
export-sheet-about = Вивантаження
export-column-id = №
export-column-name = Ім’я
export-column-phone = Телефон
export-column-more_phones = Ще телефони
export-column-email = Пошта
export-column-more_emails = Ще пошта
export-column-username = Telegram
export-column-language = Мова
export-column-tags = Мітки
export-column-status = Статус
export-column-level = Рівень
export-column-owner = Менеджер
export-column-source = Джерело
export-column-purchases = Покупок
export-column-spent = Витрачено
export-column-points = Бали
export-column-first_purchase = Перша покупка
export-column-last_purchase = Остання покупка
export-column-rfm = RFM
export-column-abc = ABC
export-column-nps = NPS
export-column-created = Картку створено
export-column-last_seen = Писав востаннє
