// Drives @linode/api-v4, the library Cloud Manager stands on, as it comes from npm. Where the API is, the token for it and
// the folder with the packages are said by the environment. Each step says its name when it is done.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const { LATCHKEY_API: api, LATCHKEY_TOKEN: token, LATCHKEY_PACKAGES: packages } = process.env;
const require = createRequire(`${packages}/package.json`);

// guide: from here
const linode = require('@linode/api-v4');

const loggedIn = linode.setToken(token);
linode.baseRequest.interceptors.request.use((config) => {
  config.url = config.url.replace('https://api.linode.com', api); // for example http://localhost:5081
  return config;
});
// guide: to here

const step = async (name, run) => {
  await run();
  console.log(name);
};

/** What the library throws for an answer that is an error. */
const refusal = async (promise) => {
  const error = await promise.then(() => assert.fail('It was not refused.'), (e) => e);
  assert.ok(error.response, `Not an answer of the server: ${error.message ?? JSON.stringify(error)}`);
  return { status: error.response.status, headers: error.response.headers, errors: error.response.data.errors };
};

await step('profile', async () => {
  const profile = await linode.getProfile();
  assert.equal(profile.username, 'ada');
  assert.equal(profile.email, 'ada@example.com');
});

await step('account', async () => {
  assert.equal((await linode.getAccountInfo()).email, 'ada@example.com');
  assert.equal((await linode.getAccountSettings()).managed, false);
  assert.equal((await linode.updateUserPreferences({ theme: 'dark' })).theme, 'dark');
  assert.equal((await linode.getUserPreferences()).theme, 'dark');
  assert.deepEqual((await linode.getNotifications()).data, []);
  assert.ok((await linode.getEvents({}, { '+order_by': 'id', '+order': 'desc' })).data.every((e) => e.id > 0 && e.action.length > 0));
  assert.deepEqual((await linode.getAccountMaintenance()).data, []);
  assert.equal((await linode.getNetworkUtilization()).used, 0);
  assert.ok((await linode.getTrustedDevices({}, {})).data);
  assert.ok((await linode.getSecurityQuestions()).security_questions);
  assert.equal(await linode.getMyGrants(), ''); // 204: restricted in nothing
});

await step('tokens', async () => {
  const made = await linode.createPersonalAccessToken({ label: 'by npm', scopes: 'linodes:read_only', expiry: '2030-01-02T03:04:05' });
  assert.match(made.token, /^[a-z0-9]+$/);
  assert.equal(made.expiry, '2030-01-02T03:04:05');

  const listed = (await linode.getPersonalAccessTokens({ page: 1, page_size: 25 }, { label: 'by npm' })).data;
  assert.deepEqual(listed.map((t) => [t.id, t.scopes, t.token]), [[made.id, 'linodes:read_only', made.token.slice(0, 16)]]);
  assert.equal((await linode.updatePersonalAccessToken(made.id, { label: 'renamed', expiry: made.expiry })).label, 'renamed');
  assert.deepEqual(await linode.deletePersonalAccessToken(made.id), {});
  assert.equal((await refusal(linode.getPersonalAccessToken(made.id))).status, 404);
});

await step('apps', async () => {
  const [app] = (await linode.getAppTokens({}, { '+order_by': 'created', '+order': 'desc' })).data;
  assert.equal(app.label, 'Test app');
  assert.equal((await linode.getAppToken(app.id)).scopes, 'linodes:read_only');
  assert.deepEqual(await linode.deleteAppToken(app.id), {});
  assert.equal((await linode.getAppTokens()).results, 0);
});

await step('oauth clients', async () => {
  const made = await linode.createOAuthClient({ label: 'by npm', redirect_uri: 'https://app.example/cb', public: false });
  assert.match(made.id, /^[0-9a-f]{20}$/);
  assert.match(made.secret, /^[0-9a-f]{64}$/);

  const reset = await linode.resetOAuthClientSecret(made.id);
  assert.match(reset.secret, /^[0-9a-f]{64}$/);
  assert.notEqual(reset.secret, made.secret);
  assert.equal((await linode.updateOAuthClient(made.id, { label: 'renamed', redirect_uri: 'https://app.example/cb' })).label, 'renamed');
  assert.deepEqual((await linode.getOAuthClients({}, { public: false })).data.map((c) => [c.label, c.secret, c.status, c.thumbnail_url]),
    [['renamed', '<REDACTED>', 'active', null]]);
  assert.deepEqual(await linode.deleteOAuthClient(made.id), {});
  assert.equal((await linode.getOAuthClients()).results, 0);
});

await step('catalogues', async () => {
  assert.ok((await linode.getRegions({ page_size: 500 })).data.some((r) => r.id === 'us-east' && r.capabilities.includes('Linodes')));
  assert.equal((await linode.getRegion('us-east')).country, 'us');
  assert.ok((await linode.getLinodeTypes()).data.every((t) => t.price.monthly > 0 && t.addons.backups.price.monthly > 0));
  assert.deepEqual((await linode.getImages({ page: 1, page_size: 100 }, { vendor: 'Debian', '+order_by': 'label' })).data.map((i) => i.vendor),
    ['Debian', 'Debian', 'Debian']);
  assert.equal((await linode.getImage('linode/debian12')).is_public, true);
  const scripts = await linode.getStackScripts({ page: 1 }, { mine: false, '+or': [{ label: { '+contains': 'Docker' } }, { username: 'nobody' }] });
  assert.equal(scripts.data.length, 1);
  assert.ok((await linode.getStackScript(scripts.data[0].id)).user_defined_fields);
});

await step('linodes', async () => {
  const made = await linode.createLinode({
    label: 'by-npm', region: 'us-east', type: 'g6-nanode-1', image: 'linode/debian12', root_pass: 'violet-anchor-SINGS-41', booted: true, tags: ['npm'],
  });
  assert.equal(made.status, 'provisioning');
  assert.match(made.created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);

  assert.deepEqual((await linode.getLinodes({ page_size: 25 }, { '+and': [{ label: 'by-npm' }, { tags: 'npm' }] })).data.map((l) => l.id), [made.id]);
  assert.equal((await linode.getLinode(made.id)).region, 'us-east');
  assert.equal((await linode.updateLinode(made.id, { label: 'by-npm-2' })).label, 'by-npm-2');
  assert.deepEqual(await linode.deleteLinode(made.id), {});
  assert.equal((await refusal(linode.getLinode(made.id))).errors[0].reason, 'Not found');
});

await step('errors', async () => {
  const filter = await refusal(linode.getImages({}, { nothing: 1 }));
  assert.equal(filter.status, 400);
  assert.equal(filter.errors[0].field, 'X-Filter');
  assert.equal(filter.headers['content-type'], 'application/json');

  const size = await refusal(linode.getRegions({ page_size: 501 }));
  assert.deepEqual([size.status, size.errors[0].field], [400, 'page_size']);
  assert.deepEqual((await linode.getRegions({ page: 99 })).data, []);

  linode.baseRequest.interceptors.request.eject(loggedIn); // it would win over a second
  linode.setToken('gone');
  const gone = await refusal(linode.getProfile());
  assert.deepEqual([gone.status, gone.errors, gone.headers['x-oauth-scopes']], [401, [{ reason: 'Invalid Token' }], 'unknown']);
});
