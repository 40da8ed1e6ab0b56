using Flama.Data.Tests.Shop;

namespace Flama.Data.Tests;

/// <summary>Every filter on SQLite.</summary>
public sealed class SqliteFilterTests(SqliteShop shop) : FilterTests(shop), IClassFixture<SqliteShop>
{
    [Theory]
    [InlineData("seen=gt:2026-01-01T00:00:00Z")]
    [InlineData("order_by=seen")]
    public async Task WhatSqliteDoesNotCompare_IsNotOffered(string query)
    {
        var answer = await Shop.SendAsync("GET", $"/moments?{query}");

        Assert.Equal(400, answer.Status);
    }
}
