people-count = { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[other] { $count } людей
}
segments-none = Збережених сегментів ще немає. Знайдіть людей через /find і збережіть пошук — або складіть запитання кнопками. Одним рядком: /segment зберегти постійні заявки>=2.
segments-all = { $count ->
    [one] { $count } сегмент. Сегмент — це збережене запитання: він завжди знаходить тих, хто підходить зараз.
    [few] { $count } сегменти. Сегмент — це збережене запитання: він завжди знаходить тих, хто підходить зараз.
   *[other] { $count } сегментів. Сегмент — це збережене запитання: він завжди знаходить тих, хто підходить зараз.
}
segment-build = 🧩 Скласти кнопками
segment-is-list = 📋 Список: людей до нього додають вручну.
segment-growth = { $change } за { $days } дн.
segment-people = 📇 Показати
segment-overlap = ⚖️ Порівняти
segment-rename = ✏️ Перейменувати
segment-delete = 🗑 Видалити
segment-to-all = ☰ Усі сегменти
segment-back = ← Назад
segment-alone = Порівняти ні з чим: інших сегментів немає.
segment-overlap-with = Порівняти «{ $name }» із сегментом:
overlap-both = В обох: { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[other] { $count } людей
} ({ $one } і { $other })
overlap-only = Лише в «{ $name }»: { $count }
segment-ask-name = Як назвемо? Зберігається запитання, тож люди в сегменті завжди сьогоднішні.
    <code>{ $query }</code>
segment-ask-new-name = Як тепер назвати «{ $name }»?
list-ask-name = Як назвати новий список?
segment-keep = 💾 Зберегти
segment-rename-to = Перейменувати «{ $old }» на «{ $new }»?
segment-rename-yes = ✏️ Перейменувати
segment-kept = 💾 Збережено: <b>{ $name }</b>
segment-open = Відкрити
segment-delete-sure = Видалити сегмент «{ $name }»? Люди залишаться як є.
segment-delete-yes = 🗑 Видалити сегмент
segment-deleted = Сегмент «{ $name }» видалено. Люди залишилися.
segment-save = 💾 Зберегти сегментом
segment-usage = Напишіть щось із цього або натискайте кнопки під /segment:
    /segment список
    /segment зберегти постійні заявки>=2
    /segment показати постійні
    /segment перетин постійні віп
    /segment перейменувати постійні «наші люди»
    /segment видалити постійні
lists-of = Списки, де є { $name }. Натисніть, щоб додати або прибрати.
lists-none = Списків ще немає. Створіть перший: { $name } одразу буде в ньому.
list-new = ➕ Новий список
button-lists = 📋 Списки
list-on = У списку
list-off = Більше не в списку
filters = 🔎 Фільтри
filters-show = 📇 Показати
filters-other = ← Інші фільтри
filters-to-list = 📋 До списку
filters-everybody = 🔎 Усі
filter-tag = # Мітки
filter-status = Статус
filter-language = Мова
filter-source = Джерело
filter-nothing = Тут немає з чого обирати
bulk-act = ⚡ Усі { $count }…
bulk-what = Що зробити з усіма?
bulk-menu-tag = ➕ Поставити мітку
bulk-menu-untag = ➖ Зняти мітку
bulk-menu-owner = 👤 Призначити
bulk-menu-status = Змінити статус
bulk-menu-field = Заповнити поле
bulk-menu-list = 📋 Додати до списку
bulk-menu-unlist = Прибрати зі списку
bulk-menu-delete = 🗑 Видалити картки
bulk-which-tag = Яку мітку?
bulk-which-untag = Яку мітку зняти?
bulk-which-owner = Хто ними опікуватиметься?
bulk-which-status = Який статус? Правила його потім не змінять.
bulk-which-field = Яке поле?
bulk-which-list = До якого списку?
bulk-which-unlist = З якого списку?
bulk-which-value = Яке значення?
bulk-which-none = Тут немає з чого обирати.
bulk-press = Оберіть кнопкою.
bulk-press-or-type = Оберіть кнопкою; щоб написати самим, натисніть «{ $type }».
bulk-type-tag = ✏️ Інша мітка
bulk-type-list = ➕ Новий список
bulk-type-field = ✏️ Написати
bulk-empty = Залишити порожнім
bulk-ask-tag = Яку мітку? Напишіть одну.
bulk-ask-list = Як назвати новий список?
bulk-ask-field = { $field }: що записати всім?
bulk-back = ← Назад
bulk-count = 👥 Порахувати, кого це стосується
bulk-yes = ✅ Зробити для всіх ({ $count })
bulk-no-consent = { $count ->
    [one] { $count } з них не давав згоди на зберігання особистих даних: ця картка не зміниться.
    [few] { $count } з них не давали згоди на зберігання особистих даних: ці картки не зміняться.
   *[other] { $count } з них не давали згоди на зберігання особистих даних: ці картки не зміняться.
}
bulk-delete-what = Разом із ними зникнуть заявки, нотатки, історія й задачі. Повернути все можна 30 днів через /undo.
bulk-delete-next = 🗑 Видалити…
bulk-delete-sure = { $count ->
    [one] Точно видалити { $count } картку?
    [few] Точно видалити { $count } картки?
   *[other] Точно видалити { $count } карток?
}
bulk-delete-yes = { $count ->
    [one] 🗑 Так, видалити { $count } картку
    [few] 🗑 Так, видалити { $count } картки
   *[other] 🗑 Так, видалити { $count } карток
}
bulk-progress = { $done } з { $of }
bulk-stop = ✋ Зупинити й повернути
bulk-undoing = ↩️ Повертаю як було…
bulk-undone = ↩️ Скасовано: усе, як було. Якщо хтось відтоді змінював те саме, його правки лишилися.
bulk-done = ✅ Готово: { $count ->
    [one] змінено { $count } картку
    [few] змінено { $count } картки
   *[other] змінено { $count } карток
}.
bulk-deleted = 🗑 { $count ->
    [one] Видалено { $count } картку
    [few] Видалено { $count } картки
   *[other] Видалено { $count } карток
}.
bulk-same = { $count ->
    [one] { $count } картці це не знадобилося.
   *[other] { $count } карткам це не знадобилося.
}
bulk-undo = ↩️ Скасувати
bulk-do-tag = ➕ Мітка #{ $what }
bulk-do-untag = ➖ Мітка #{ $what }
bulk-do-owner = 👤 Веде: { $what }
bulk-do-owner-none = 👤 Ніхто не веде
bulk-do-status = Статус: { $what }
bulk-do-field = { $field }: { $what }
bulk-do-field-none = { $field }: порожньо
bulk-do-list = 📋 До списку «{ $what }»
bulk-do-unlist = 📋 Зі списку «{ $what }»
bulk-do-delete = 🗑 Видалити картки
undo-none = Скасовувати нічого: багатьом одразу нічого не змінювали.
undo-latest = Останні зміни
undo-running = триває
undo-undoing = скасовується
undo-undone = скасовано
menu-segment = Збережені сегменти
menu-undo = Скасувати масову зміну
refused-query-doubtful = Частину цього рядка не вдалося прочитати, тож за ним нічого не роблю. Спершу виправте рядок.
refused-query-long = Для одного рядка забагато умов. Приберіть зайві.
refused-segment-gone = Цього сегмента більше немає. Усі сегменти: /segment.
refused-segment-broken = Запитання сегмента «{ $name }» більше не читається: поля, про яке воно питає, немає. Збережіть його заново.
refused-segment-unknown = Сегмента «{ $name }» немає. Усі сегменти: /segment.
refused-segment-two = Назвіть два сегменти: /segment перетин постійні віп. Усі сегменти: /segment.
refused-segment-live = «{ $name }» — це запитання, а не список: вручну до нього не додають.
refused-segment-query = Запитання порожнє або задовге. Наприклад: заявки>=2.
refused-segment-taken = Назва «{ $name }» зайнята. Оберіть іншу.
refused-segment-many = Сегментів уже { $most }. Видаліть непотрібні.
refused-segment-name = У назві має бути хоча б одна літера й не більше { $most }. Напишіть іншу.
refused-bulk-nobody = Змінювати вже нікого.
refused-bulk-many = Знайшлося більше людей, ніж показує пошук за словами. Звузьте його фільтром, тоді можна змінювати.
refused-bulk-over = Це вже закінчилося.
refused-bulk-undone = Це вже скасовано.
refused-bulk-running = Це ще триває. Спершу зупиніть.
refused-bulk-old = Минуло понад { $days } днів: цих карток більше немає зовсім.
refused-bulk-value = Для цього поля так не годиться. Напишіть, як пишуть на картці, або оберіть інше поле.
staff-help-base =
    <b>База</b>
    /find місто:Київ покупки&gt;=2: запитання про базу; /segment: зберегти його, скласти кнопками
    Під знайденим: дія одразу для всіх; /undo поверне як було
    Надішліть файл Excel, CSV або контакти: завантажу людей; /imports: минулі завантаження
    /rfm, /abc: хто ваші покупці; /quality: що в базі не так
    /surveys: що про вас думають, /surveys слово шукає у відповідях; /survey nps tag:vip ставить опитування
