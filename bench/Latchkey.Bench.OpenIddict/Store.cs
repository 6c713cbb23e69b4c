using Microsoft.EntityFrameworkCore;

namespace Latchkey.Bench.OpenIddict;

/// <summary>OpenIddict's own model, unchanged.</summary>
internal sealed class Store(DbContextOptions<Store> options) : DbContext(options);
