using Flama.Data.Tests.Shop;

namespace Flama.Data.Tests;

/// <summary>Every filter on PostgreSQL.</summary>
public sealed class PostgresFilterTests(PostgresShop shop) : FilterTests(shop), IClassFixture<PostgresShop>
{
    [Theory]
    [InlineData("seen=gt:2025-12-31T00:00:00Z")]
    [InlineData("order_by=seen")]
    public async Task WhatPostgresCompares_IsOffered(string query)
    {
        var answer = await Shop.SendAsync("GET", $"/moments?{query}");

        Assert.Equal(200, answer.Status);
    }
}
