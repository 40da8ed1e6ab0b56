namespace Flama.GoogleStorage;

/// <summary>How Google Cloud Storage is reached. What is not set comes from where Google's tools have it (application default credentials).</summary>
public sealed class GoogleStorageOptions
{
    /// <summary>The address of the JSON API; null (default) for <c>STORAGE_EMULATOR_HOST</c>, without credentials, else <c>https://storage.googleapis.com</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// A file with the key of a service account, or with what <c>gcloud auth application-default login</c> wrote. Null (default) for <c>GOOGLE_APPLICATION_CREDENTIALS</c>, else the file of
    /// gcloud, else the service account of the machine.
    /// </summary>
    public string? CredentialsFile { get; set; }

    /// <summary>Whether requests have no credentials, for buckets that everyone may read. Default false.</summary>
    public bool IsAnonymous { get; set; }
}
