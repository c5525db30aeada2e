// Files dropped on a form go into its file box; what was chosen is said. Without this the boxes work as they are.
"use strict";
document.querySelectorAll("form[data-drop]").forEach(function (form) {
  var box = form.querySelector("input[type=file]");
  var told = form.querySelector("[data-chosen]");
  function say() {
    var names = [];
    form.querySelectorAll("input[type=file]").forEach(function (one) {
      Array.prototype.forEach.call(one.files, function (file) { names.push(file.name); });
    });
    told.textContent = names.length ? "已选" + names.length + "个：" + names.join("、") : "";
  }
  ["dragover", "dragenter"].forEach(function (what) {
    form.addEventListener(what, function (event) { event.preventDefault(); form.classList.add("over"); });
  });
  form.addEventListener("dragleave", function () { form.classList.remove("over"); });
  form.addEventListener("drop", function (event) {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer && event.dataTransfer.files.length) { box.files = event.dataTransfer.files; say(); }
  });
  form.addEventListener("change", say);
});
