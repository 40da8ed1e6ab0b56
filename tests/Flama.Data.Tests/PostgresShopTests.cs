using Flama.Data.Tests.Shop;

namespace Flama.Data.Tests;

/// <summary>Every verb on PostgreSQL.</summary>
public sealed class PostgresShopTests(PostgresShop shop) : ShopTests(shop), IClassFixture<PostgresShop>;
