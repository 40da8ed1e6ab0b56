using Flama.AspNetCore.Errors;

namespace Flama.Tests;

public sealed class DebugSecretsTests
{
    [Theory]
    [InlineData("AWS_SECRET_ACCESS_KEY", "abc")]
    [InlineData("GITHUB_TOKEN", "abc")]
    [InlineData("DbPassword", "abc")]
    [InlineData("FLAMA_SERVER_SSL_KEYFILE_PASSWORD", "abc")]
    [InlineData("Authorization", "Bearer abc")]
    [InlineData("Cookie", "session=abc")]
    [InlineData("X-Api-Key", "abc")]
    [InlineData("ConnectionStrings__Main", "Server=db;User=me;Password=abc")]
    [InlineData("DATABASE_URL", "postgres://me:abc@db/main")]
    [InlineData("STORAGE", "AccountName=x;AccountKey=abc")]
    public void Show_Secret_IsMasked(string name, string value) => Assert.Equal("(hidden)", DebugSecrets.Show(name, value));

    [Theory]
    [InlineData("PATH", "/usr/bin:/bin")]
    [InlineData("LANG", "C.UTF-8")]
    [InlineData("Accept", "text/html")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:8000")]
    public void Show_AnythingElse_IsShown(string name, string value)
    {
        var shown = DebugSecrets.Show(name, value);

        Assert.Equal(value, shown);
    }
}
