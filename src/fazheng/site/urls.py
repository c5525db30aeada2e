"""Every address of the desk: those that the modules of the web room name."""

from fazheng.web.rooms import every_url

urlpatterns = every_url()
handler400 = "fazheng.web.errors.bad_request"
handler403 = "fazheng.web.errors.forbidden"
handler404 = "fazheng.web.errors.not_found"
handler500 = "fazheng.web.errors.server_error"
