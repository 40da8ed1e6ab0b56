using Flama.AspNetCore.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Tells in the document how a key is sent.</summary>
internal static class KeySchemes
{
    private const string Header = "ApiKey", Bearer = "Bearer";

    /// <summary>Whether keys protect an operation.</summary>
    public static bool Protect(IEnumerable<object> metadata) => metadata.Any(static item =>
        item is ProtectedModel or IAuthorizeData { Policy: ApiKeyDefaults.PredictPolicy or ApiKeyDefaults.InspectPolicy or ApiKeyDefaults.AdminPolicy });

    /// <summary>Adds the schemes to the document.</summary>
    public static void AddTo(OpenApiDocument document, bool hasKeys)
    {
        if (!hasKeys)
        {
            document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
            return;
        }

        document.AddComponent<IOpenApiSecurityScheme>(Header, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyDefaults.HeaderName,
            Description = "A key of this server.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The same key as a bearer token.",
        });
    }

    /// <summary>Tells that an operation wants a key, in one of both forms, or a token.</summary>
    public static void AddTo(OpenApiOperation operation, OpenApiDocument document, bool hasKeys)
    {
        operation.Security = [Requirement(Bearer, document)];
        if (hasKeys)
        {
            operation.Security.Insert(0, Requirement(Header, document));
        }
    }

    private static OpenApiSecurityRequirement Requirement(string name, OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(name, document)] = [] };
}
