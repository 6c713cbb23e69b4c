// node oidc-provider as a peer of the bench: node server.js URL. Opaque tokens, PKCE with S256, refresh tokens rotate.
import { Provider } from 'oidc-provider';
import Memory from './memory.js';

const url = new URL(process.argv[2]);
const scope = 'linodes:read_write stackscripts:read_only';
const client = {
  client_id: 'bench-app',
  client_secret: '5'.repeat(64),
  token_endpoint_auth_method: 'client_secret_post',
  redirect_uris: ['http://127.0.0.1:9/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  scope,
};
const api = {
  client_id: 'bench-api',
  client_secret: '6'.repeat(64),
  token_endpoint_auth_method: 'client_secret_post',
  redirect_uris: [],
  grant_types: [],
  response_types: [],
};

const provider = new Provider(url.origin, {
  adapter: Memory,
  clients: [client, api],
  scopes: scope.split(' '),
  cookies: { keys: ['the-benchs-own-key-guards-nothing'] },
  routes: {
    authorization: '/oauth/authorize',
    token: '/oauth/token',
    introspection: '/oauth/introspect',
    revocation: '/oauth/revoke',
  },
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: (_ctx, asking) => asking.clientId === api.client_id },
    revocation: { enabled: true },
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: (_ctx, asking) => asking.grantTypeAllowed('refresh_token'),
  // A grant for each authorization, as the other servers have it. By default all tokens of a user and client share one, and
  // the first revocation would end those that the next calls are about.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session.accountId, clientId: ctx.oidc.client.clientId });
    grant.addOIDCScope(scope);
    await grant.save();
    return grant;
  },
  expiresWithSession: () => false,
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});

// The one user logs in as soon as they are asked to.
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) {
    return next();
  }
  ctx.respond = false;
  return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: 'bench' } });
});

const server = provider.listen(Number(url.port), url.hostname);
// The bench's connections wait while the other servers have their turn.
server.keepAliveTimeout = 600_000;
