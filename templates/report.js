(() => {
"use strict";
})();
