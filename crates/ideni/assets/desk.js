// What the pages do beyond HTML. They work without it.
