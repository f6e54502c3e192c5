from shuniu.channels.adapters.wecom import jssdk, oauth

TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"


def signature(url: str) -> str:
    return jssdk.sign(ticket=TICKET, noncestr="Wm3WZYTPz0wzccnW", timestamp=1414587457, url=url).signature


def test_the_published_sample_is_signed_alike() -> None:
    assert signature("http://mp.weixin.qq.com?params=value") == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_the_fragment_is_not_signed() -> None:
    assert signature("http://mp.weixin.qq.com?params=value#top") == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_the_sign_in_page_is_asked_with_everything_it_needs() -> None:
    url = oauth.authorize_url(
        base="https://open.weixin.qq.com/",
        corp_id="ww1",
        agent_id="1000002",
        redirect_uri="https://shuniu.example.com/api/channels/wecom/oauth/finish",
        state="abc",
    )

    assert url == (
        "https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww1&redirect_uri=https%3A%2F%2F"
        "shuniu.example.com%2Fapi%2Fchannels%2Fwecom%2Foauth%2Ffinish&response_type=code&scope=snsapi_base"
        "&state=abc&agentid=1000002#wechat_redirect"
    )
