using Azure.Core;

namespace Flama.AzureBlob;

/// <summary>How Azure Blob Storage is reached. What is not set comes from the variables of the Azure tools, <c>AZURE_*</c>.</summary>
public sealed class AzureBlobOptions
{
    /// <summary>A connection string, which names the account and its key; null (default) for <c>AZURE_STORAGE_CONNECTION_STRING</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account; null (default) for <c>AZURE_STORAGE_ACCOUNT</c>. Not read where there is a connection string.</summary>
    public string? AccountName { get; set; }

    /// <summary>The account's address, for other clouds; null (default) for <c>AZURE_STORAGE_SERVICE_ENDPOINT</c>, else <c>https://ACCOUNT.blob.core.windows.net</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The account's key; null (default) for <c>AZURE_STORAGE_KEY</c>.</summary>
    public string? AccountKey { get; set; }

    /// <summary>A shared access signature; null (default) for <c>AZURE_STORAGE_SAS_TOKEN</c>.</summary>
    public string? SasToken { get; set; }

    /// <summary>
    /// What makes tokens, where there is neither a key nor a signature. Null (default) for <c>DefaultAzureCredential</c>: the identity of the machine or workload, <c>AZURE_CLIENT_*</c> variables, or
    /// the login of the Azure command line.
    /// </summary>
    public TokenCredential? Credential { get; set; }

    /// <summary>Whether requests are not signed, for containers that everyone may read. Default false.</summary>
    public bool IsAnonymous { get; set; }
}
