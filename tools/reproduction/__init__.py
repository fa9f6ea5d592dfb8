"""One report that runs the reference systems again and puts what they reach beside what the documents published."""
