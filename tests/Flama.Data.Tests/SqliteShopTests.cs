using Flama.Data.Tests.Shop;

namespace Flama.Data.Tests;

/// <summary>Every verb on SQLite.</summary>
public sealed class SqliteShopTests(SqliteShop shop) : ShopTests(shop), IClassFixture<SqliteShop>;
