using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Stores
{
    public static void AddVersions(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama()
            .AddS3()
            .AddRepository("s3://models/production", repository => repository.Versions = VersionPolicy.All);
    }

    public static void AddS3(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama()
            .AddS3()
            .AddRepository("s3://models/production");
    }

    public static void AddAzureBlob(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama()
            .AddAzureBlob()
            .AddRepository("az://models/production");
    }

    public static void AddGoogleStorage(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama()
            .AddGoogleStorage()
            .AddRepository("gs://models/production");
    }
}
