// Bare public signatures of Microsoft.ML.AutoML 0.23.1, for machines that cannot restore it. Nothing is behind them: see Microsoft.ML.AutoML.Signatures.csproj.
using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.SearchSpace;

public sealed class Parameter : IDictionary<string, Parameter>
{
    private Parameter() => throw null;

    public int Count => throw null;

    public bool IsReadOnly => throw null;

    public ICollection<string> Keys => throw null;

    ICollection<Parameter> IDictionary<string, Parameter>.Values => throw null;

    public Parameter this[string key]
    {
        get => throw null;
        set => throw null;
    }

    public T AsType<T>() => throw null;

    public void Add(string key, Parameter value) => throw null;

    public void Add(KeyValuePair<string, Parameter> item) => throw null;

    public void Clear() => throw null;

    public bool Contains(KeyValuePair<string, Parameter> item) => throw null;

    public bool ContainsKey(string key) => throw null;

    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) => throw null;

    public bool Remove(string key) => throw null;

    public bool Remove(KeyValuePair<string, Parameter> item) => throw null;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => throw null;

    public override string ToString() => throw null;

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator() => throw null;

    IEnumerator IEnumerable.GetEnumerator() => throw null;
}
