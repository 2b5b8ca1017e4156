// Bare public signatures of Microsoft.ML.AutoML 0.23.1, for machines that cannot restore it. Nothing is behind them: see Microsoft.ML.AutoML.Signatures.csproj.
using System.Collections;
using Microsoft.ML.SearchSpace.Option;

namespace Microsoft.ML.SearchSpace;

public class SearchSpace : OptionBase, IDictionary<string, OptionBase>
{
    public SearchSpace() => throw null;

    public override int FeatureSpaceDim => throw null;

    public override int?[] Step => throw null;

    public ICollection<string> Keys => throw null;

    public ICollection<OptionBase> Values => throw null;

    public int Count => throw null;

    public bool IsReadOnly => throw null;

    public OptionBase this[string key]
    {
        get => throw null;
        set => throw null;
    }

    public void Add(string key, OptionBase value) => throw null;

    public void Add(KeyValuePair<string, OptionBase> item) => throw null;

    public void Clear() => throw null;

    public bool Contains(KeyValuePair<string, OptionBase> item) => throw null;

    public bool ContainsKey(string key) => throw null;

    public void CopyTo(KeyValuePair<string, OptionBase>[] array, int arrayIndex) => throw null;

    public bool Remove(string key) => throw null;

    public bool Remove(KeyValuePair<string, OptionBase> item) => throw null;

    public bool TryGetValue(string key, out OptionBase value) => throw null;

    public IEnumerator<KeyValuePair<string, OptionBase>> GetEnumerator() => throw null;

    IEnumerator IEnumerable.GetEnumerator() => throw null;

    public override double[] MappingToFeatureSpace(Parameter parameter) => throw null;

    public override Parameter SampleFromFeatureSpace(double[] feature) => throw null;
}
