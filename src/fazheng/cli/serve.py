"""`fazheng serve`, `fazheng account`: the desk in a browser, and who may log in."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.bureaux import is_example, known, the_bureau
from fazheng.casework.first_passwords import first_password
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, open_book, settings
from fazheng.lawbook.standing import standing
from fazheng.ledger.storage import close_home
from fazheng.staff import load_roster

HERE = "127.0.0.1"


@click.command(cls=chinese.Command)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口")
@click.option("--host", default=HERE, show_default=True, help="在哪个地址上等候；只给本机用时不必改")
@click.option("--name", "names", multiple=True, metavar="NAME", help="同事在浏览器里写的主机名或地址，可写多个")
@click.option("--https", is_flag=True, help="前面另有代理（nginx等）收发HTTPS：同事用 https:// 打开 --name 写的网址")
@click.option("--demo", is_flag=True, help="示例：点一下就以某人的身份进入，不要口令；只限示例单位和本机")
@common
def serve(port: int, host: str, names: tuple[str, ...], https: bool, demo: bool) -> None:
    """在浏览器里办公：启动本单位的网页，用 Ctrl+C 停止。"""
    names = () if demo else names
    home = Path(settings().home).absolute()
    open_book(home, create=not home.exists() or (home.is_dir() and not any(home.iterdir())))
    bureau = the_bureau(settings().bureau) if known() else None
    if bureau is not None:
        standing(bureau.place)
    if demo and (https or not (bureau and is_example(bureau.code) and host == HERE)):
        raise Unusable("--demo 只能用于示例单位（行政区划999开头），并且只在本机（127.0.0.1）上。正式使用请去掉 --demo")
    if bureau is None and (host != HERE or names or https):
        raise Unusable("账本里还没有单位：先不写 --host、--name、--https 启动，在本机的浏览器里设好，再这样启动")
    if (host != HERE or https) and not names:
        raise Unusable("不只给本机用时，请用 --name 写明同事在浏览器里输入的主机名或地址，可写多个")
    served = import_module("fazheng.site.wsgi")
    try:
        sockets = served.listening(host, port)
    except served.PortUnusable as fault:
        raise Unusable(str(fault)) from None
    start, stop = _room("start"), _room("stop")
    start(home, bureau, hosts=[*names, HERE, "localhost"], demo=demo, https=https)
    close_home()
    url = f"https://{names[0]}/" if https else f"http://{names[0] if names else host}:{port}/"
    answer({"url": url}, lambda: f"已启动：{url}　按 Ctrl+C 停止")
    try:
        served.serve(sockets, https=https)
    finally:
        stop()


@click.command(cls=chinese.Command)
@click.argument("code", metavar="人员编号")
@common
def account(code: str) -> None:
    """给一个人开账户，或者重设口令：显示一次的口令，第一次登录就要改。"""
    bureau = settings().open()
    if not load_roster(bureau.code).known(code):
        raise Unusable(f"人员名册里没有“{code}”。请先在人员名册里登记，再开账户")
    _room("migrate")()
    password = first_password()
    import_module("fazheng.web.accounts_acts").opened_by_command(code, password, clock.now())
    answer({"code": code, "password": password}, lambda: f"{code} 的口令（只显示这一次，首次登录须改）：{password}")


def _room(name: str) -> Any:
    """A function of the web room, which stands beside this one: the site above both is what joins them."""
    return getattr(import_module("fazheng.web.serving"), name)


COMMANDS = (serve, account)
