"""WeCom 企业微信: its callback encryption, its HTTP API, its JS-SDK and its sign-in, translated into values.

Sources: developer.work.weixin.qq.com/document path/90968 (encryption), 91039 (gettoken), 90506 (JS-SDK), 91022 (OAuth),
92114 (external contacts), 94670 (微信客服), 90236 (message/send).
"""
