using Azure;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Flama.Hosting.Sources;

namespace Flama.AzureBlob;

/// <summary>Makes the client of an account, as the options and the environment describe it.</summary>
internal static class AzureBlobClients
{
    /// <summary>Makes it; nothing is sent.</summary>
    /// <param name="options">What was decided.</param>
    /// <param name="location">The location that it is needed for.</param>
    /// <exception cref="FlamaException">No account is named, or not in a form that can be read (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    public static BlobServiceClient Make(AzureBlobOptions options, Uri location)
    {
        // Broken downloads go on, and requests are sent again, by the one who asks.
        BlobClientOptions client = new();
        client.Retry.MaxRetries = 0;
        try
        {
            if ((options.ConnectionString ?? (options.AccountName is null && options.Endpoint is null ? Variable("AZURE_STORAGE_CONNECTION_STRING") : null)) is { } connection)
            {
                BlobServiceClient service = new(connection, client);
                return options.IsAnonymous ? new(new UriBuilder(service.Uri) { Query = "" }.Uri, client) : service;
            }

            var account = options.AccountName ?? Variable("AZURE_STORAGE_ACCOUNT");
            var endpoint = options.Endpoint
                ?? (Variable("AZURE_STORAGE_SERVICE_ENDPOINT") is { } address ? new Uri(address) : account is null ? null : new Uri($"https://{account}.blob.core.windows.net"))
                ?? throw SourceFailure.Unavailable(location, "no account is named", "Set AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT.");
            if (options.Credential is { } credential)
            {
                return new(endpoint, credential, client);
            }

            if (options.IsAnonymous)
            {
                return new(endpoint, client);
            }

            if (account is not null && (options.AccountKey ?? Variable("AZURE_STORAGE_KEY")) is { } key)
            {
                return new(endpoint, new StorageSharedKeyCredential(account, key), client);
            }

            return (options.SasToken ?? Variable("AZURE_STORAGE_SAS_TOKEN")) is { } signature
                ? new(endpoint, new AzureSasCredential(signature.TrimStart('?')), client)
                : new(endpoint, new DefaultAzureCredential(), client);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            // What is wrong with a key or a connection string may quote it.
            throw SourceFailure.Unavailable(location, "the account or its key is not in a form that can be read", "Check AZURE_STORAGE_CONNECTION_STRING and the other variables or options.");
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
