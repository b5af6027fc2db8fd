// Sign-in with passkeys: shows what needs them where the browser can, and says when
// one did not work. The exchange with the device is django-allauth's own script.

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // it would only be written to the console
  const page = document.querySelector("[data-passkey-failed]");
  if (!page) return;
  page.querySelector(".passkey-failed")?.remove();
  const alert = document.createElement("p");
  alert.className = "alert alert-bad passkey-failed";
  alert.setAttribute("role", "alert");
  alert.append(page.dataset.passkeyFailed);
  page.prepend(alert);
});
