using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Flama.AspNetCore.Tokens;

/// <summary>Reads the keys of an issuer from a URL: a key set, or an OpenID configuration that names one.</summary>
internal sealed class IssuerRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        var document = await retriever.GetDocumentAsync(address, cancel);
        var configuration = TokenKeyFile.IsKeySet(document) ? new OpenIdConnectConfiguration() : OpenIdConnectConfiguration.Create(document);
        var keys = TokenKeyFile.IsKeySet(document) ? document : await retriever.GetDocumentAsync(configuration.JwksUri, cancel);
        foreach (var key in TokenKeyFile.Parse(keys))
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration;
    }
}
